// A journal's file, right or wrong, cut somewhere: what is read is written as it would be read
// again, and whoever tells of it ends.
#include "firmware/base/check.h"
#include "firmware/journal/json.h"
#include "firmware/journal/reader/journal_reader.h"
#include "firmware/journal/why.h"

using namespace vmodem;
using namespace vmodem::journal;

namespace {

// Its words live as long as the reader.
std::optional<Entry> read_one(JournalReader& reader, const std::string& line) {
  reader.append(line + "\n");
  auto read = reader.poll_entry();
  if (!read || !*read) return std::nullopt;
  return std::move((*read)->entry);
}

void check(const Entry& entry) {
  BG_CHECK(entry.because < entry.number, "a cause is before");
  BG_CHECK(!phrase(entry.event).empty() || name(entry.event) == "radio.registration" ||
               name(entry.event) == "radio.signal" || name(entry.event) == "question.failed",
           "whatever was read has its words, or is its words");
  const auto line = to_json(entry);
  JournalReader reader;
  const auto again = read_one(reader, line);
  BG_CHECK(again && to_json(*again) == line, "what was read is written as it is read");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = as_text(ByteView(data, size));
  JournalReader reader;
  Ring ring;
  for (const auto part : {text.substr(0, size / 2), text.substr(size / 2)}) {
    reader.append(part);
    while (true) {
      auto read = reader.poll_entry();
      if (!read || !*read) break;
      check((*read)->entry);
      if ((*read)->entry.number > ring.last()) ring.push(std::move((*read)->entry));
    }
  }
  (void)why_text(ring, ring.last());
  return 0;
}
