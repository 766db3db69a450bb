#include "tests/simulation/journal.h"

#include <fmt/format.h>

namespace vmodem::simulation {

void Journal::note(Instant now, std::string_view who, ByteView octets) {
  if (!is_verbose_) return;
  const auto ms =
      std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count();
  text_ += fmt::format("{:>10}.{:03} {:<8} ", ms / 1000, ms % 1000, who);
  for (const auto octet : octets) {
    const bool is_text = octet >= 0x20 && octet < 0x7F && octet != '\\';
    if (octet == '\r') {
      text_ += "\\r";
    } else if (octet == '\n') {
      text_ += "\\n";
    } else if (is_text) {
      text_ += static_cast<char>(octet);
    } else {
      text_ += fmt::format("\\{:02X}", octet);
    }
  }
  text_ += '\n';
}

}  // namespace vmodem::simulation
