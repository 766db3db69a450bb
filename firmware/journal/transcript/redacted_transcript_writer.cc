#include "firmware/journal/transcript/redacted_transcript_writer.h"

#include <fmt/format.h>

#include "firmware/journal/transcript/transcript_text.h"

namespace vmodem::transcript {

void RedactedTranscriptWriter::handle(const journal::Entry& entry) {
  std::visit([&](const auto& event) { write(entry.at, event); }, entry.event);
}

void RedactedTranscriptWriter::write(Instant at, const journal::LineCommand& event) {
  is_in_answer_ = false;
  lines_.wait_for_input(at);
  lines_.add("> " + event.text);
}

void RedactedTranscriptWriter::write(Instant at, const journal::LineAnswer& event) {
  lines_.wait_for_output(at);
  lines_.add((is_in_answer_ ? "<+ " : "< ") + event.text);
  is_in_answer_ = true;
}

void RedactedTranscriptWriter::write(Instant at, const journal::LinePrompt& event) {
  lines_.wait_for_output(at);
  lines_.add(event.text == ">" ? "<< " + escape("\r\n> ") : "< " + event.text);
}

void RedactedTranscriptWriter::write(Instant at, const journal::LineData& event) {
  const bool is_from_host = event.direction == "from_host";
  if (is_from_host) lines_.wait_for_input(at);
  lines_.add_comment(
      fmt::format("{} octets {} the host", event.size, is_from_host ? "from" : "for"));
}

void RedactedTranscriptWriter::write(Instant at, const journal::LineResult& event) {
  is_in_answer_ = false;
  lines_.wait_for_output(at);
  lines_.add("< " + event.text);
}

void RedactedTranscriptWriter::write(Instant at, const journal::LineUrc& event) {
  is_in_answer_ = false;
  lines_.wait_for_output(at);
  lines_.add("< " + event.text);
  if (event.size > 0) lines_.add_comment(fmt::format("{} octets behind it", event.size));
}

void RedactedTranscriptWriter::write(Instant at, const journal::DatagramUp& event) {
  lines_.wait_for_output(at);
  lines_.add_comment(fmt::format("udp< {} octets, {} network", event.octets.size(), event.network));
}

void RedactedTranscriptWriter::write(Instant at, const journal::DatagramDown& event) {
  lines_.wait_for_input(at);
  lines_.add_comment(fmt::format("udp> {} octets, {} network", event.octets.size(), event.network));
}

void RedactedTranscriptWriter::write(Instant, const journal::FaultPerformed& event) {
  lines_.add_comment(phrase(event));
}

}  // namespace vmodem::transcript
