// The activation state of the PDP contexts, shared by every command that needs one (qcoap.md §3).
#pragma once

#include <bitset>

namespace vmodem::firmware {

class PdpContexts {
 public:
  static constexpr int kIdMax = 16;

  [[nodiscard]] bool is_active(int id) const { return active_.test(static_cast<std::size_t>(id)); }
  void activate(int id) { active_.set(static_cast<std::size_t>(id)); }
  void deactivate_all() { active_.reset(); }

 private:
  std::bitset<kIdMax + 1> active_;  // none at boot
};

}  // namespace vmodem::firmware
