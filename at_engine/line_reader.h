// Serial octets to command lines (V.250 §5.2): prefix in any case, S3, S5, A/, over-long lines
// refused whole, junk between lines swallowed. One octet at a time: how octets are chunked cannot
// matter.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "at_engine/settings.h"

namespace vmodem::at {

enum class LineEvent : std::uint8_t {
  kNone,
  kLine,     // line() holds what stood between the prefix and S3
  kTooLong,  // a line over kLineSizeMax ended; nothing of it may run
  kRepeat,   // "A/"
};

class LineReader {
 public:
  // Hosts send lines over 1 KB; no limit is published (quectel-at.md §1.1).
  static constexpr std::size_t kLineSizeMax = 4096;

  struct Step {
    LineEvent event = LineEvent::kNone;
    std::string_view echo{};  // what is to be echoed, where echo is on; good until the next feed()
  };

  [[nodiscard]] Step feed(char octet, const Settings& settings);
  [[nodiscard]] const std::string& line() const { return line_; }

  // Nothing of a line is there.
  [[nodiscard]] bool is_between_lines() const { return state_ == State::kBetween; }
  // A complete prefix without its S3: the host is typing.
  [[nodiscard]] bool is_half_typed() const { return state_ == State::kBody; }

  // Data mode begins behind the line that has just ended. True where `first` is that line's LF, not
  // data: this host ends lines in CR LF, or it is the host's first line (qcoap.md §7, §12).
  [[nodiscard]] bool takes_line_feed(char first);

 private:
  enum class State : std::uint8_t { kBetween, kPrefix, kBody };
  enum class Ending : std::uint8_t { kUnknown, kCr, kCrLf };

  Step feed_between(char octet, const Settings& settings);
  Step feed_prefix(char octet, const Settings& settings);
  Step feed_body(char octet, const Settings& settings);
  Step end_line(const Settings& settings);
  [[nodiscard]] Step hold_prefix(char octet);
  [[nodiscard]] std::string_view echo(char octet);
  [[nodiscard]] std::string_view echo_prefix(char second);
  void note_ending(char next);

  State state_ = State::kBetween;
  std::string line_;
  std::array<char, 2> echo_{};  // in State::kPrefix its first is the A, which may yet be junk
  bool is_overlong_ = false;
  bool at_line_start_ = true;  // A/ counts only as the first two characters of a line
  bool prefix_at_start_ = false;
  bool is_behind_line_ = false;  // the octet before this one ended a command line
  Ending previous_ending_ = Ending::kUnknown;
  Ending ending_ = Ending::kUnknown;
};

}  // namespace vmodem::at
