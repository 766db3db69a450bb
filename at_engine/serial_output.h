// The way out to the host: framing in one place, and a bound on what an absent host leaves unread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "at_engine/command.h"
#include "at_engine/serial_segment.h"
#include "at_engine/settings.h"
#include "firmware/base/bytes.h"
#include "firmware/base/queue.h"

namespace vmodem::at {

// An unsolicited result code: one line and, behind it, octets of its own.
struct Urc {
  std::string text;
  Bytes payload;
  std::uint64_t mark = 0;  // whoever posts it knows it again by that

  [[nodiscard]] std::size_t size() const { return text.size() + payload.size(); }
};

// What stands around the ">" of a text data mode.
struct PromptForm {
  bool line_end = true;  // in front of it
  bool blank = true;     // behind it
};

class SerialOutput {
 public:
  static constexpr std::size_t kSizeMax = 64 * 1024;

  // Framing and verbosity are read at each call, so a command's effect shows in its own answer.
  explicit SerialOutput(const Settings& settings) : settings_(settings) {}

  // Of what goes out from now on, URCs apart.
  void set_mark(std::uint64_t mark) { mark_ = mark; }

  // The lines of one transaction go out together or, where the bound is reached when it begins, not
  // at all; so one answer may pass the bound, as the download of a large file does.
  void begin_answer() { answer_ = pending().size() < kSizeMax ? Answer::kKept : Answer::kDropped; }
  void end_answer() { answer_ = Answer::kNone; }

  void echo(std::string_view octets);
  void raw(std::string_view octets);
  // The prompt of a text data mode, ">".
  void prompt(const PromptForm& form);
  // CONNECT, or "CONNECT 10"; a final result for ATV0 and ATQ1.
  void connect(std::string_view text);
  void information(std::span<const std::string> lines);
  void result(FinalResult result);
  // +CME ERROR, or ERROR where AT+CMEE=0 asks for that.
  void error(const CmeError& cause);
  void urc(const Urc& urc);

  [[nodiscard]] ByteView pending() const { return as_bytes(pending_).subspan(written_); }
  // The first of what is pending: a whole line, final result or URC, or as much as is there of an
  // echo, a prompt or raw octets. Where a part of it was written, the rest of it.
  [[nodiscard]] std::optional<SerialSegment> front_segment() const;
  void handle_written(std::size_t count);
  // Of what is pending.
  [[nodiscard]] std::size_t urc_count() const { return urc_count_; }

  // Octets that were dropped because nobody read.
  [[nodiscard]] std::uint64_t dropped_count() const { return dropped_count_; }

 private:
  enum class Answer : std::uint8_t { kNone, kKept, kDropped };

  struct Extent {
    SegmentKind kind;
    std::uint32_t size;
    std::uint64_t mark;
  };

  // The parts are one segment, or more of the last one.
  void append(SegmentKind kind, std::initializer_list<std::string_view> parts) {
    append(kind, mark_, parts);
  }
  void append(SegmentKind kind, std::uint64_t mark, std::initializer_list<std::string_view> parts);
  void forget_extents(std::size_t count);
  [[nodiscard]] bool has_room(std::size_t size) const;
  [[nodiscard]] std::string line_end() const { return {settings_.terminator, settings_.formatter}; }
  [[nodiscard]] std::string number_text(FinalResult result) const;
  void framed(SegmentKind kind, std::string_view text);

  const Settings& settings_;
  std::string pending_;
  Queue<Extent> extents_;  // of what is not written yet
  std::size_t urc_count_ = 0;  // of extents_
  std::size_t written_ = 0;
  Answer answer_ = Answer::kNone;
  std::uint64_t mark_ = 0;
  std::uint64_t dropped_count_ = 0;
};

}  // namespace vmodem::at
