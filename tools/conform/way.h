// Where cases are played: on the modem object, over the C library, on a vmodem each, or on a module
// that runs already.
#pragma once

#include <optional>
#include <string>

#include "tools/conform/device/port_care.h"
#include "tools/conform/device/serial_backend.h"
#include "tools/conform/report.h"

namespace vmodem::conform {

struct Way {
  enum class Kind : std::uint8_t { kObject, kLibrary, kSpawned, kPort };

  Kind kind = Kind::kObject;
  std::string program{};     // kSpawned
  std::string over = "pty";  // kSpawned: one of SerialBackend::kWays
  Port port{};               // kPort
  PortCare::Options care{};  // kPort
  double timeout_scale = 1;  // kSpawned and kPort
};

// What names the place, for reports: "the modem object", "vmodem over its PTY", "/dev/ttyUSB2".
[[nodiscard]] std::string to_text(const Way& way);

// May be called by several threads at once, but for kPort.
[[nodiscard]] Report play_case(const std::string& file, const Script& script, const Way& way);

}  // namespace vmodem::conform
