// +CGEV, as AT+CGEREP asks for it (27.007 §10.1.19, AT95 §9.6).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "at_engine/serial_output.h"
#include "firmware/base/queue.h"
#include "firmware/settings/line_profile.h"

namespace vmodem::firmware {

class PacketEvents {
 public:
  static constexpr std::size_t kBufferedMax = 16;  // beyond it the oldest is lost

  // `mode` is read at every event and outlives this object.
  explicit PacketEvents(const PacketEventMode& mode) : mode_(mode) {}

  // `event` as +CGEV prints it: "PDN ACT 1", "ME DETACH".
  void report(std::string_view event);
  // AT+CGEREP has changed the mode: what mode 0 kept back goes out or is forgotten.
  void handle_mode_change();
  // Power-off.
  void reset();

  [[nodiscard]] std::optional<at::Urc> poll_event() { return events_.take_front(); }

 private:
  const PacketEventMode& mode_;
  Queue<std::string> buffered_;
  Queue<at::Urc> events_;
};

}  // namespace vmodem::firmware
