#include "at_engine/serial_output.h"

#include <fmt/format.h>

#include "firmware/base/check.h"

namespace vmodem::at {

bool SerialOutput::has_room(std::size_t size) const {
  switch (answer_) {
    case Answer::kNone:
      return pending().size() + size <= kSizeMax;
    case Answer::kKept:
      return true;
    case Answer::kDropped:
      break;
  }
  return false;
}

void SerialOutput::append(std::string_view octets) {
  if (!has_room(octets.size())) {
    dropped_count_ += octets.size();
    return;
  }
  pending_.append(octets);
}

void SerialOutput::handle_written(std::size_t count) {
  BG_CHECK(count <= pending_.size() - written_, "only what was polled can have been written");
  written_ += count;
  if (written_ < pending_.size()) {
    // Half the buffer is history: move the rest down, so that it never grows past its bound.
    if (written_ < kSizeMax) return;
    pending_.erase(0, written_);
  } else {
    pending_.clear();
  }
  written_ = 0;
}

void SerialOutput::framed(std::string_view text) {
  const auto end = line_end();
  append(end + std::string(text) + end);
}

void SerialOutput::echo(std::string_view octets) {
  if (settings_.echo) append(octets);
}

void SerialOutput::raw(std::string_view octets) { append(octets); }

void SerialOutput::prompt() { append(line_end() + "> "); }

void SerialOutput::connect(std::string_view text) {
  if (settings_.quiet) return;
  if (settings_.verbose) return framed(text);
  append(fmt::format("{}{}", result_text(FinalResult::kConnect).number, settings_.terminator));
}

void SerialOutput::information(std::span<const std::string> lines) {
  if (lines.empty()) return;

  // One leading line end, lines joined by one (quectel-at.md §1.2); ATV0 leaves the leading one out.
  const auto end = line_end();
  std::string text = settings_.verbose ? end : std::string{};
  for (const auto& line : lines) text += line + end;
  append(text);
}

void SerialOutput::result(FinalResult result) {
  if (settings_.quiet) return;

  const auto& entry = result_text(result);
  if (settings_.verbose) return framed(entry.text);
  append(fmt::format("{}{}", entry.number, settings_.terminator));
}

void SerialOutput::error(const CmeError& cause) {
  if (settings_.errors == CmeLevel::kOff) return result(FinalResult::kError);
  // ATV0 leaves the words of +CME ERROR and their framing alone; ATQ1 hides it as any final result.
  if (!settings_.quiet) framed(cme_text(cause, settings_.errors));
}

void SerialOutput::urc(const Urc& urc) {
  const auto end = line_end();
  auto text = end + urc.text + end;
  if (!urc.payload.empty()) text += std::string(as_text(urc.payload)) + end;
  append(text);
}

}  // namespace vmodem::at
