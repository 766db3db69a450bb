#include "at_engine/line_reader.h"

#include "at_engine/text.h"

namespace vmodem::at {
namespace {

constexpr LineReader::Step kSwallow{};

// quectel-at.md §1.1: ignored in a line, and between lines where hosts leave LF, Ctrl-Z and Esc
// behind.
bool is_control(char octet) {
  return octet >= 0 && octet < 0x20;
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
  if (is_control(octet)) return kSwallow;
  if (to_upper(octet) == 'A') {
    prefix_at_start_ = at_line_start_;
    at_line_start_ = false;
    state_ = State::kPrefix;
    return hold_prefix(octet);
  }
  at_line_start_ = false;
  return kSwallow;
}

// At the start of a line the A is echoed as typed; behind junk, which is dropped silently, it is
// echoed when what follows shows that it is none.
LineReader::Step LineReader::hold_prefix(char octet) {
  echo_[0] = octet;
  if (!prefix_at_start_) return kSwallow;
  return {LineEvent::kNone, echo(octet)};
}

LineReader::Step LineReader::feed_prefix(char octet, const Settings& settings) {
  if (to_upper(octet) == 'T') {
    state_ = State::kBody;
    line_.clear();
    is_overlong_ = false;
    return {LineEvent::kNone, echo_prefix(octet)};
  }
  if (octet == '/' && prefix_at_start_) {
    state_ = State::kBetween;
    at_line_start_ = true;
    return {LineEvent::kRepeat, echo_prefix(octet)};
  }
  if (to_upper(octet) == 'A') {
    prefix_at_start_ = false;
    return hold_prefix(octet);
  }
  const bool is_end = octet == settings.terminator;
  const bool is_erased = octet == settings.eraser;
  if (is_control(octet) && !is_end && !is_erased) return kSwallow;

  state_ = State::kBetween;
  at_line_start_ = is_end || (is_erased && prefix_at_start_);
  if (is_erased && prefix_at_start_) return {LineEvent::kNone, echo(octet)};
  return kSwallow;
}

LineReader::Step LineReader::feed_body(char octet, const Settings& settings) {
  if (octet == settings.terminator) return end_line(settings);
  if (octet == settings.eraser) {
    if (line_.empty()) return kSwallow;
    line_.pop_back();
    return {LineEvent::kNone, echo(octet)};
  }
  if (is_control(octet)) return kSwallow;
  if (line_.size() < kLineSizeMax) {
    line_.push_back(octet);
  } else {
    is_overlong_ = true;
  }
  return {LineEvent::kNone, echo(octet)};
}

LineReader::Step LineReader::end_line(const Settings& settings) {
  state_ = State::kBetween;
  at_line_start_ = true;
  // Where ATS3 made LF the end of a line, an LF behind it is none of that line's.
  is_behind_line_ = settings.terminator != '\n';
  previous_ending_ = ending_;
  ending_ = Ending::kUnknown;
  return {is_overlong_ ? LineEvent::kTooLong : LineEvent::kLine, echo(settings.terminator)};
}

std::string_view LineReader::echo(char octet) {
  echo_[0] = octet;
  return {echo_.data(), 1};
}

std::string_view LineReader::echo_prefix(char second) {
  if (prefix_at_start_) return echo(second);
  echo_[1] = second;
  return {echo_.data(), 2};
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
