#include "firmware/app/recording/transcript_file.h"

namespace vmodem::app {
namespace {

Expected<PrivateOutput, std::string> open_transcript(const std::string& path,
                                                     const transcript::TranscriptHead& head) {
  auto output = PrivateOutput::open("transcript", path);
  if (output) {
    output->write(as_bytes(transcript_text(head)));
    output->flush();
  }
  return output;
}

}  // namespace

Expected<TranscriptFile, std::string> TranscriptFile::open(const std::string& path,
                                                           const transcript::TranscriptHead& head) {
  auto output = open_transcript(path, head);
  if (!output) return unexpected(std::move(output.error()));
  return TranscriptFile(std::move(*output));
}

TranscriptFile::~TranscriptFile() {
  writer_.finish();
  flush();
}

void TranscriptFile::flush() {
  writer_.settle();
  output_.write(as_bytes(writer_.take_text()));
  output_.flush();
}

Expected<RedactedTranscriptFile, std::string> RedactedTranscriptFile::open(
    const std::string& path, const transcript::TranscriptHead& head) {
  auto output = open_transcript(path, head);
  if (!output) return unexpected(std::move(output.error()));
  return RedactedTranscriptFile(std::move(*output));
}

void RedactedTranscriptFile::flush() {
  output_.write(as_bytes(writer_.take_text()));
  output_.flush();
}

}  // namespace vmodem::app
