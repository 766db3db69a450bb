#include "firmware/packet/events.h"

#include <fmt/format.h>

#include <utility>

namespace vmodem::firmware {

void PacketEvents::report(std::string_view event) {
  auto text = fmt::format("+CGEV: {}", event);
  if (mode_.mode != 0) {
    events_.push_back({std::move(text), {}});
    return;
  }
  buffered_.push_back(std::move(text));
  if (buffered_.size() > kBufferedMax) buffered_.pop_front();
}

void PacketEvents::handle_mode_change() {
  if (mode_.mode == 0) return;
  if (mode_.buffer == 1) {
    while (auto text = buffered_.take_front()) events_.push_back({std::move(*text), {}});
  }
  buffered_.clear();
}

void PacketEvents::reset() {
  buffered_.clear();
  events_.clear();
}

}  // namespace vmodem::firmware
