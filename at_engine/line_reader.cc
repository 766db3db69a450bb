#include "at_engine/line_reader.h"

#include "at_engine/text.h"

namespace vmodem::at {
namespace {

constexpr LineReader::Step kSwallow{};
constexpr LineReader::Step kEcho{LineEvent::kNone, true};

// What hosts leave behind between lines: padding, line feeds, stray Ctrl-Z and Esc (quectel-at.md H6, H8).
bool is_stray_control(char octet) {
  return octet == '\0' || octet == '\n' || octet == 0x1A || octet == 0x1B;
}

}  // namespace

LineReader::Step LineReader::feed(char octet, const Settings& settings) {
  note_ending(octet);
  switch (state_) {
    case State::kBetween:
      return feed_between(octet, settings);
    case State::kPrefix:
      return feed_prefix(octet, settings);
    case State::kBody:
      break;
  }
  return feed_body(octet, settings);
}

LineReader::Step LineReader::feed_between(char octet, const Settings& settings) {
  if (octet == settings.terminator) {
    at_line_start_ = true;
    return kSwallow;
  }
  if (is_stray_control(octet)) return kSwallow;
  if (to_upper(octet) == 'A') {
    prefix_at_start_ = at_line_start_;
    at_line_start_ = false;
    state_ = State::kPrefix;
    return kEcho;
  }
  at_line_start_ = false;
  return kSwallow;
}

LineReader::Step LineReader::feed_prefix(char octet, const Settings& settings) {
  if (to_upper(octet) == 'T') {
    state_ = State::kBody;
    line_.clear();
    is_overlong_ = false;
    return kEcho;
  }
  if (octet == '/' && prefix_at_start_) {
    state_ = State::kBetween;
    at_line_start_ = true;
    return {LineEvent::kRepeat, true};
  }
  if (to_upper(octet) == 'A') {
    prefix_at_start_ = false;
    return kEcho;
  }
  if (is_stray_control(octet)) return kSwallow;

  state_ = State::kBetween;
  at_line_start_ = octet == settings.terminator || (octet == settings.eraser && prefix_at_start_);
  return kSwallow;
}

LineReader::Step LineReader::feed_body(char octet, const Settings& settings) {
  if (octet == settings.terminator) return end_line();
  if (octet == settings.eraser) {
    if (line_.empty()) return kSwallow;
    line_.pop_back();
    return kEcho;
  }
  if (octet >= 0 && octet < 0x20) return kSwallow;
  if (line_.size() < kLineSizeMax) {
    line_.push_back(octet);
  } else {
    is_overlong_ = true;
  }
  return kEcho;
}

LineReader::Step LineReader::end_line() {
  state_ = State::kBetween;
  at_line_start_ = true;
  is_behind_line_ = true;
  previous_ending_ = ending_;
  ending_ = Ending::kUnknown;
  return {is_overlong_ ? LineEvent::kTooLong : LineEvent::kLine, true};
}

void LineReader::note_ending(char next) {
  if (!is_behind_line_) return;
  is_behind_line_ = false;
  ending_ = next == '\n' ? Ending::kCrLf : Ending::kCr;
}

bool LineReader::takes_line_feed(char first) {
  if (!is_behind_line_) return false;
  note_ending(first);
  if (first != '\n') return false;
  if (previous_ending_ != Ending::kCr) return true;
  ending_ = Ending::kCr;  // the LF was data
  return false;
}

}  // namespace vmodem::at
