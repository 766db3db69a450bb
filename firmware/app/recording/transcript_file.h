// A session that becomes a transcript while the module runs.
#pragma once

#include <string>

#include "firmware/app/loop/journal_reader.h"
#include "firmware/app/loop/session_tap.h"
#include "firmware/app/recording/private_output.h"
#include "firmware/journal/transcript/redacted_transcript_writer.h"
#include "firmware/journal/transcript/transcript_writer.h"

namespace vmodem::app {

// Octet for octet.
class TranscriptFile final : public SessionTap {
 public:
  // The error is one phrase.
  [[nodiscard]] static Expected<TranscriptFile, std::string> open(
      const std::string& path, const transcript::TranscriptHead& head);
  ~TranscriptFile() override;
  TranscriptFile(TranscriptFile&&) noexcept = default;
  TranscriptFile& operator=(TranscriptFile&&) = delete;

  void handle_input(Instant now, ByteView octets) override { writer_.handle_input(now, octets); }
  void handle_output(Instant now, ByteView octets) override { writer_.handle_output(now, octets); }
  void handle_action(Instant now, const firmware::Action& action) override {
    writer_.handle_action(now, action);
  }
  void handle_event(Instant now, const firmware::NetworkEvent& event) override {
    writer_.handle_event(now, event);
  }
  void flush() override;

 private:
  explicit TranscriptFile(PrivateOutput output) : output_(std::move(output)) {}

  PrivateOutput output_;
  transcript::TranscriptWriter writer_;
};

// Without what is secret.
class RedactedTranscriptFile final : public JournalReader {
 public:
  [[nodiscard]] static Expected<RedactedTranscriptFile, std::string> open(
      const std::string& path, const transcript::TranscriptHead& head);

  void handle(const journal::Entry& entry) override { writer_.handle(entry); }
  void flush() override;
  [[nodiscard]] bool is_waiting() const override { return output_.is_waiting(); }

 private:
  explicit RedactedTranscriptFile(PrivateOutput output) : output_(std::move(output)) {}

  PrivateOutput output_;
  transcript::RedactedTranscriptWriter writer_;
};

}  // namespace vmodem::app
