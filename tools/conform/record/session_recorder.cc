#include "tools/conform/record/session_recorder.h"

#include <string_view>
#include <utility>

namespace vmodem::conform {

Instant SessionRecorder::place(Instant now) {
  if (!start_) start_ = now;
  const Instant at(now - *start_);
  if (at - latest_ > kAtOnceMax) latest_ = at;
  return latest_;
}

void SessionRecorder::handle_host(Instant now, ByteView octets) {
  is_device_speaking_ = false;
  writer_.handle_input(place(now), octets);
}

void SessionRecorder::handle_device(Instant now, ByteView octets) {
  handle_timeout(now);
  const bool goes_on = is_device_speaking_ && now - device_latest_ <= kAtOnceMax;
  const auto at = goes_on || writer_.has_output() ? latest_ : place(now);
  is_device_speaking_ = true;
  device_latest_ = now;
  writer_.handle_output(at, octets);
  writer_.settle_lines();
}

std::optional<Instant> SessionRecorder::poll_timeout() const {
  if (!writer_.has_output()) return std::nullopt;
  return device_latest_ + kTornMax;
}

void SessionRecorder::handle_timeout(Instant now) {
  if (writer_.has_output() && now >= device_latest_ + kTornMax) writer_.settle();
}

// A wait belongs to the line behind it, and is taken together with it.
std::string SessionRecorder::take_text() {
  const auto taken = writer_.take_text();
  std::string text;
  std::string_view wait;
  for (std::string_view rest = taken; !rest.empty();) {
    const auto line = rest.substr(0, rest.find('\n') + 1);
    rest.remove_prefix(line.size());
    if (line.starts_with("wait ")) {
      wait = line;
      continue;
    }
    const bool is_command = line.starts_with("> ") || line.starts_with(">lf ");
    if (is_command && is_behind_answer_) text += '\n';
    is_behind_answer_ = line.starts_with('<');
    text.append(std::exchange(wait, {})).append(line);
  }
  return text;
}

}  // namespace vmodem::conform
