// What the journals of all transcripts tell is read back as it was written, and coverage knows it.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>
#include <string>

#include "firmware/coverage/coverage.h"
#include "firmware/coverage/urcs.h"
#include "firmware/journal/json.h"
#include "firmware/journal/reader/journal_reader.h"
#include "tests/support/catch.h"
#include "tools/conform/device/modem_backend.h"
#include "tools/conform/player.h"
#include "tools/conform/settings.h"
#include "tools/conform/suite.h"

namespace vmodem::conform {
namespace {

// All that the transcripts have said.
struct Heard {
  coverage::Coverage coverage;
  std::size_t entry_count = 0;
  std::set<std::string> misread;  // lines that came back otherwise
  std::set<std::string> unknown;  // URCs that no row has
};

void hear(Heard& heard, journal::JournalReader& reader, const journal::Entry& entry) {
  const auto line = journal::to_json(entry);
  reader.append(line + "\n");
  const auto read = reader.poll_entry();
  ++heard.entry_count;
  if (!read || !*read || journal::to_json((*read)->entry) != line) {
    heard.misread.insert(line);
    return;
  }
  heard.coverage.handle((*read)->entry);
  const auto* urc = std::get_if<journal::LineUrc>(&(*read)->entry.event);
  if (urc != nullptr && coverage::find_urc(urc->text) == nullptr) heard.unknown.insert(urc->text);
}

Heard hear_all() {
  Heard heard;
  const auto files = cases_below({CASES_DIRECTORY});
  REQUIRE(files);
  for (const auto& file : *files) {
    const auto script = read_script(file);
    if (!script) continue;
    const auto config = make_modem_config(*script);
    if (!config) continue;
    journal::JournalReader reader;
    ModemBackend backend(*config, *script, ModemBackend::Chunks::kWholeLines,
                         [&](const journal::Entry& entry) { hear(heard, reader, entry); });
    (void)play(*script, backend);
  }
  return heard;
}

std::vector<std::string> never_met(const coverage::Coverage& coverage, coverage::Group group) {
  std::vector<std::string> names;
  const auto items = coverage::universe().items();
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].group != group || coverage.has(i)) continue;
    names.push_back(fmt::format("{} {}", items[i].subject, items[i].aspect));
  }
  return names;
}

TEST_CASE(
    "journals of transcripts are read as they were written, and coverage knows what they tell") {
  const auto heard = hear_all();
  CHECK(heard.entry_count > 10'000);
  INFO(fmt::format("misread\n{}\nunknown URCs\n{}", fmt::join(heard.misread, "\n"),
                   fmt::join(heard.unknown, "\n")));
  CHECK(heard.misread.empty());
  CHECK(heard.unknown.empty());
  // transcripts_show_rows holds the transcripts to each form.
  INFO(fmt::format("never met\n{}",
                   fmt::join(never_met(heard.coverage, coverage::Group::kForms), "\n")));
  CHECK(never_met(heard.coverage, coverage::Group::kForms).empty());
}

}  // namespace
}  // namespace vmodem::conform
