// A client and a server of mbedTLS alone, joined in memory: the floor of everything secured.
#pragma once

#include <memory>

#include "firmware/base/bytes.h"

namespace vmodem::benchmark {

// Configurations and the random generator, seeded by the operating system, are shared by all
// connections, as a program that uses the library by itself would do.
class BareDtls {
 public:
  BareDtls();
  ~BareDtls();

  // Contexts made, flights exchanged with a cookie as in RFC 6347 §4.2.1. False where it fails.
  [[nodiscard]] bool connect();
  // One record of the given size each way.
  [[nodiscard]] bool exchange(std::size_t request_size, std::size_t answer_size);
  // close_notify, contexts freed.
  void close();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace vmodem::benchmark
