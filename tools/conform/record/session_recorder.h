// What crosses a real line as a transcript. Octets come there in pieces, torn anywhere, a little
// later than they were said; a transcript has lines, and waits where somebody waited.
#pragma once

#include <optional>
#include <string>

#include "firmware/base/bytes.h"
#include "firmware/base/time.h"
#include "firmware/journal/transcript/transcript_writer.h"

namespace vmodem::conform {

class SessionRecorder {
 public:
  // Within this time something is said at once, and a transcript has no wait for it.
  static constexpr Duration kAtOnceMax = 2ms;
  // How long the rest of a line of the device may take to come.
  static constexpr Duration kTornMax = 20ms;

  // `now` never goes back; the instant of the first octets is the transcript's zero.
  void handle_host(Instant now, ByteView octets);
  void handle_device(Instant now, ByteView octets);

  // When what has come without a line end is taken for whole; nothing: nothing waits.
  [[nodiscard]] std::optional<Instant> poll_timeout() const;
  void handle_timeout(Instant now);
  // The session is over.
  void finish() { writer_.finish(); }

  // Whole lines, with an empty one above each command line behind an answer.
  [[nodiscard]] std::string take_text();

 private:
  [[nodiscard]] Instant place(Instant now);

  transcript::TranscriptWriter writer_;
  std::optional<Instant> start_;
  Instant latest_{};                 // in the transcript's time: of what was written last
  Instant device_latest_{};          // octets of the device came
  bool is_device_speaking_ = false;  // the latest octets were its own
  bool is_behind_answer_ = false;    // the latest line that was taken
};

}  // namespace vmodem::conform
