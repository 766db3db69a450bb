// A text/event-stream (HTML §9.2), however it is cut.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace vmodem::ctl {

struct StreamEvent {
  std::string name;
  std::string data;
};

class EventText {
 public:
  void append(std::string_view octets) { waiting_ += octets; }
  // Poll until it returns nothing, after append(). Comments and what has no data are passed over.
  [[nodiscard]] std::optional<StreamEvent> poll();

 private:
  std::string waiting_;
};

}  // namespace vmodem::ctl
