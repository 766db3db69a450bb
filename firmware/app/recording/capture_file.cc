#include "firmware/app/recording/capture_file.h"

namespace vmodem::app {
namespace {

// Without these, what follows cannot be read; secrets come seldom.
PrivateOutput::Need need_of(capture::BlockKind kind) {
  return kind == capture::BlockKind::kPacket ? PrivateOutput::Need::kMayBeLost
                                             : PrivateOutput::Need::kMustStay;
}

}  // namespace

Expected<CaptureFile, std::string> CaptureFile::open(const std::string& path, CalendarTime start) {
  auto output = PrivateOutput::open("capture", path);
  if (!output) return unexpected(std::move(output.error()));
  return CaptureFile(std::move(*output), start);
}

void CaptureFile::flush() {
  write_blocks();
  output_.flush();
  if (output_.take_reader_left()) writer_.begin_section();
  if (output_.is_waiting()) return;
  const auto lost_count = output_.take_lost_count();
  if (lost_count == 0) return;
  writer_.handle_lost(lost_count);
  write_blocks();
  output_.flush();
}

void CaptureFile::write_blocks() {
  const auto octets = writer_.take_octets();
  ByteView rest(octets);
  while (const auto block = capture::front_block(rest)) {
    output_.write(block->octets, need_of(block->kind));
    rest = rest.subspan(block->octets.size());
  }
}

}  // namespace vmodem::app
