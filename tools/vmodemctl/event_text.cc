#include "tools/vmodemctl/event_text.h"

namespace vmodem::ctl {
namespace {

constexpr std::string_view kEventEnd = "\n\n";

void take_line(StreamEvent& event, std::string_view line) {
  constexpr std::string_view kName = "event: ";
  constexpr std::string_view kData = "data: ";
  if (line.starts_with(kName)) event.name = line.substr(kName.size());
  if (line.starts_with(kData)) event.data += line.substr(kData.size());
}

}  // namespace

std::optional<StreamEvent> EventText::poll() {
  while (true) {
    const auto end = waiting_.find(kEventEnd);
    if (end == std::string::npos) return std::nullopt;
    StreamEvent event;
    auto rest = std::string_view(waiting_).substr(0, end + 1);
    while (!rest.empty()) {
      const auto line_end = rest.find('\n');
      take_line(event, rest.substr(0, line_end));
      rest.remove_prefix(line_end + 1);
    }
    waiting_.erase(0, end + kEventEnd.size());
    if (!event.data.empty()) return event;
  }
}

}  // namespace vmodem::ctl
