// What +CREG, +CGREG and +CEREG say (27.007 §7.2, §10.1.20, §10.1.22; AT95 §6.1, §9.5, §9.8).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "firmware/radio/config.h"
#include "firmware/settings/line_profile.h"

namespace vmodem::firmware {

enum class Domain : std::uint8_t { kCircuit, kPacket, kEps };
inline constexpr std::array kDomains{Domain::kCircuit, Domain::kPacket, Domain::kEps};

[[nodiscard]] constexpr std::size_t index_of(Domain domain) {
  return static_cast<std::size_t>(domain);
}

// <stat>.
enum class Registration : int {
  kNotSearching = 0,
  kHome = 1,
  kSearching = 2,
  kDenied = 3,
  kUnknown = 4,
  kRoaming = 5,
};

[[nodiscard]] constexpr bool is_registered(Registration registration) {
  return registration == Registration::kHome || registration == Registration::kRoaming;
}

// The registration as one domain sees it.
struct RegistrationView {
  Registration registration = Registration::kNotSearching;
  std::optional<Cell> cell;  // where registered
  Technology technology = Technology::kEmtc;
  int reject_cause = 0;      // 0: none
  std::string active_time;   // 8 bits that the network granted, or nothing
  std::string periodic_tau;  // the same
};

// "+CREG", "+CGREG" or "+CEREG".
[[nodiscard]] std::string_view command_of(Domain domain);

// <n>.
[[nodiscard]] int mode_of(const ReportModes& modes, Domain domain);

// What stands behind <n> in a read answer, and is a whole URC; `mode` is that <n>.
[[nodiscard]] std::string registration_text(Domain domain, const RegistrationView& view, int mode);

}  // namespace vmodem::firmware
