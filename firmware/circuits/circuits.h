// The circuits of V.24 between the module and its host, beside those that carry octets.
//
// In:  what the host drives, URCs, the time.
// Out: what the module drives, the next deadline.
#pragma once

#include <cstdint>
#include <optional>

namespace vmodem::firmware {

// What the host drives.
struct HostCircuits {
  // False for a host without circuits, as on a PTY: it counts as ready, and sees none of the
  // module's.
  bool are_wired = false;
  bool dtr = true;
  bool rts = true;
  std::optional<std::uint32_t> rate{};  // bit/s; absent: whatever the module's is

  friend bool operator==(const HostCircuits&, const HostCircuits&) = default;
};

// What the module drives.
struct ModuleCircuits {
  bool dsr = false;
  bool cts = false;
  bool dcd = false;
  bool ri = false;
  std::uint32_t rate = 0;  // bit/s, of its UART

  friend bool operator==(const ModuleCircuits&, const ModuleCircuits&) = default;
};

}  // namespace vmodem::firmware
