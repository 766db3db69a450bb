#include "firmware/journal/positions.h"

#include <fmt/format.h>

namespace vmodem::journal {

Kinds Positions::wanted() {
  return Kinds()
      .set(kind_index<LineCommand>())
      .set(kind_index<LineUrc>())
      .set(kind_index<DatagramUp>())
      .set(kind_index<DatagramDown>());
}

std::string Positions::count(const Entry& entry) {
  if (const auto* command = std::get_if<LineCommand>(&entry.event)) {
    return fmt::format("command#{} {}", ++counts_[0], command->text);
  }
  if (const auto* urc = std::get_if<LineUrc>(&entry.event)) {
    return fmt::format("urc#{} {}", ++counts_[1], urc->text);
  }
  if (std::holds_alternative<DatagramUp>(entry.event)) {
    return fmt::format("uplink#{}", ++counts_[2]);
  }
  if (std::holds_alternative<DatagramDown>(entry.event)) {
    return fmt::format("downlink#{}", ++counts_[3]);
  }
  return {};
}

}  // namespace vmodem::journal
