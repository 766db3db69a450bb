// The library's pairs of init and free as one object.
#pragma once

namespace vmodem::dtls {

template <class Context, void (*init)(Context*), void (*release)(Context*)>
class Owned {
 public:
  Owned() { init(&context_); }
  ~Owned() { release(&context_); }
  Owned(const Owned&) = delete;
  Owned& operator=(const Owned&) = delete;

  Context* get() { return &context_; }
  const Context* get() const { return &context_; }

 private:
  Context context_;
};

}  // namespace vmodem::dtls
