// The UDP ports of the module in the simulated internet.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>

#include "firmware/action.h"

namespace vmodem::testbed {

class LocalPorts {
 public:
  // A port is not used again soon: what is still under way to an old transport finds nobody. But a
  // transport with a `number` has the port of the one before with that number, where it is free.
  std::uint16_t take(firmware::TransportId transport, std::optional<std::uint8_t> number);
  void release(std::uint16_t port) { owners_.erase(port); }
  [[nodiscard]] std::optional<firmware::TransportId> owner(std::uint16_t port) const;

 private:
  [[nodiscard]] std::uint16_t next_free();

  // RFC 6335 §6: dynamic ports.
  static constexpr std::uint16_t kMin = 49152;
  static constexpr std::uint16_t kMax = 65535;

  std::unordered_map<std::uint16_t, firmware::TransportId> owners_;
  std::unordered_map<std::uint8_t, std::uint16_t> numbered_;  // the port that each number had last
  std::uint16_t last_ = kMax;
};

}  // namespace vmodem::testbed
