// A session as a transcript without what is secret: from the journal, whose texts are masked, with
// sizes in place of data.
#pragma once

#include <string>

#include "firmware/journal/journal.h"
#include "firmware/journal/transcript/script_lines.h"

namespace vmodem::transcript {

class RedactedTranscriptWriter {
 public:
  void handle(const journal::Entry& entry);

  [[nodiscard]] std::string take_text() { return lines_.take(); }

 private:
  void write(Instant at, const journal::LineCommand& event);
  void write(Instant at, const journal::LineAnswer& event);
  void write(Instant at, const journal::LinePrompt& event);
  void write(Instant at, const journal::LineData& event);
  void write(Instant at, const journal::LineResult& event);
  void write(Instant at, const journal::LineUrc& event);
  void write(Instant at, const journal::DatagramUp& event);
  void write(Instant at, const journal::DatagramDown& event);
  void write(Instant at, const journal::FaultPerformed& event);
  // No step of a transcript.
  template <class Event>
  void write(Instant, const Event&) {}

  ScriptLines lines_;
  bool is_in_answer_ = false;
};

}  // namespace vmodem::transcript
