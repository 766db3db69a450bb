// Any sequence of journal entries is a capture of whole blocks: a section first, and each packet on
// an interface that stands above it.
#include "firmware/base/check.h"
#include "firmware/journal/capture/capture_writer.h"
#include "tests/support/entry_script.h"

using namespace vmodem;

namespace {

constexpr std::size_t kInterfaceOffset = 8;

// Returns how many packets there are.
std::size_t check_capture(ByteView octets) {
  std::size_t interface_count = 0;
  std::size_t packet_count = 0;
  bool is_first = true;
  while (!octets.empty()) {
    const auto block = capture::front_block(octets);
    BG_CHECK(block, "blocks are written whole");
    BG_CHECK((block->kind == capture::BlockKind::kSection) == is_first, "one section, in front");
    if (block->kind == capture::BlockKind::kInterface) ++interface_count;
    if (block->kind == capture::BlockKind::kPacket) {
      ++packet_count;
      BG_CHECK(block->octets[kInterfaceOffset] < interface_count, "its interface stands above it");
    }
    octets = octets.subspan(block->octets.size());
    is_first = false;
  }
  return packet_count;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  journal::CaptureWriter writer(CalendarTime(std::chrono::hours(24)));
  journal::EntryScript script({data, size});
  Bytes octets;
  std::size_t entry_count = 0;
  while (const auto entry = script.next()) {
    ++entry_count;
    writer.handle(*entry);
    if (entry_count % 5 != 0) continue;
    const auto taken = writer.take_octets();
    octets.insert(octets.end(), taken.begin(), taken.end());
  }
  const auto rest = writer.take_octets();
  octets.insert(octets.end(), rest.begin(), rest.end());
  BG_CHECK(check_capture(octets) <= entry_count, "no entry is told twice");

  writer.begin_section();
  writer.handle_lost(entry_count);
  BG_CHECK(check_capture(writer.take_octets()) == 1, "a new section has all that it needs");
  return 0;
}
