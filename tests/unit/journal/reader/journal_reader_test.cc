#include "firmware/journal/reader/journal_reader.h"

#include <random>
#include <vector>

#include "firmware/journal/fields.h"
#include "firmware/journal/json.h"
#include "tests/support/catch.h"
#include "tests/support/entry_script.h"

using namespace vmodem;
using namespace vmodem::journal;

namespace {

struct Reading {
  std::vector<ReadEntry> entries;
  std::optional<Mistake> mistake;
};

// The words of its entries live as long as the reader.
Reading read(JournalReader& reader, std::string_view text) {
  Reading reading;
  reader.append(text);
  while (true) {
    auto next = reader.poll_entry();
    if (!next) {
      reading.mistake = next.error();
      return reading;
    }
    if (!*next) return reading;
    reading.entries.push_back(std::move(**next));
  }
}

std::string mistake_in(std::string_view text) {
  JournalReader reader;
  const auto reading = read(reader, text);
  return reading.mistake ? std::to_string(reading.mistake->line) + ": " + reading.mistake->what
                         : "";
}

constexpr std::string_view kPowerOn =
    R"({"number":1,"at":0.000000,"because":null,"kind":"power.state","state":"on"})";

// Of each kind one entry without anything in it.
template <class... Kinds>
std::vector<Event> one_of_each(const std::variant<Kinds...>*) {
  return {Event(std::in_place_type<Kinds>)...};
}

}  // namespace

TEST_CASE("each kind of the table is read as it was written") {
  const auto events = one_of_each(static_cast<const Event*>(nullptr));
  REQUIRE(events.size() == kKindCount);
  for (const auto& event : events) {
    const auto line = to_json({7, Instant(1'234'567us), 3, event});
    INFO(line);
    JournalReader reader;
    const auto reading = read(reader, line + "\n");
    REQUIRE_FALSE(reading.mistake);
    REQUIRE(reading.entries.size() == 1);
    CHECK(reading.entries[0].entry.event.index() == event.index());
    CHECK(to_json(reading.entries[0].entry) == line);
  }
}

TEST_CASE("whatever fields hold comes back, cut anywhere") {
  std::mt19937 chance(1);
  for (int round = 0; round < 200; ++round) {
    Bytes octets(static_cast<std::size_t>(chance() % 600));
    for (auto& octet : octets) octet = static_cast<std::uint8_t>(chance());
    std::vector<std::string> lines;
    std::string text;
    EntryScript script(octets);
    while (const auto entry = script.next()) {
      lines.push_back(to_json(*entry));
      text += lines.back() + '\n';
    }
    JournalReader reader;
    std::vector<std::string> again;
    for (std::size_t begin = 0; begin < text.size();) {
      const auto size = std::min<std::size_t>(1 + chance() % 500, text.size() - begin);
      const auto reading = read(reader, text.substr(begin, size));
      REQUIRE_FALSE(reading.mistake);
      for (const auto& one : reading.entries) again.push_back(to_json(one.entry));
      begin += size;
    }
    CHECK(again == lines);
    CHECK(reader.line_count() == lines.size());
    CHECK_FALSE(reader.is_cut());
  }
}

TEST_CASE("the wall's time is beside the entry") {
  std::string line;
  append_json(line, {1, Instant(), 0, PowerState{"on"}}, CalendarTime(1'700'000'000'250ms));
  JournalReader reader;
  CHECK(read(reader, line + "\n").entries.at(0).wall == CalendarTime(1'700'000'000'250ms));
  CHECK_FALSE(read(reader, std::string(kPowerOn) + "\n").entries.at(0).wall);
}

TEST_CASE("a secret comes back empty, and none is taken from a line") {
  JournalReader reader;
  const auto line = to_json({1, Instant(), 0, DtlsKeys{0, {"CLIENT_RANDOM 00 11"}}});
  const auto entry = read(reader, line + "\n").entries.at(0).entry;
  CHECK(std::get<DtlsKeys>(entry.event).line.text.empty());
  CHECK(
      mistake_in(
          R"({"number":1,"at":0,"because":null,"kind":"dtls.keys","client":0,"line":"CLIENT_RANDOM"})"
          "\n") == "1: dtls.keys: field \"line\" holds nothing that it may");
}

TEST_CASE("words outlive the line they stood in") {
  JournalReader reader;
  auto reading = read(reader, std::string(kPowerOn) + "\n");
  for (int i = 0; i < 100; ++i) (void)read(reader, std::string(kPowerOn) + "\n");
  CHECK(std::get<PowerState>(reading.entries.at(0).entry.event).state == "on");
}

TEST_CASE("a mistake is told with its line, and nothing behind it is read") {
  const auto whole = std::string(kPowerOn) + "\n";
  CHECK(mistake_in(whole + "no journal\n" + whole) ==
        "2: it is no JSON object, as each line of a journal is");
  CHECK(mistake_in("[]\n") == "1: it is no JSON object, as each line of a journal is");
  CHECK(mistake_in("\n") == "1: it is no JSON object, as each line of a journal is");
  CHECK(mistake_in("{}\n") == "1: \"number\" is no number from 1");
  CHECK(mistake_in(R"({"number":1})"
                   "\n") == "1: \"at\" is no time in seconds");
  CHECK(mistake_in(R"({"number":1,"at":1e300})"
                   "\n") == "1: \"at\" is no time in seconds");
  CHECK(mistake_in(R"({"number":1,"at":-1})"
                   "\n") == "1: \"at\" is no time in seconds");
  CHECK(mistake_in(R"({"number":1,"at":0,"because":1})"
                   "\n") == "1: \"because\" is neither null nor the number of an entry before");
  CHECK(mistake_in(R"({"number":1,"at":0,"because":null})"
                   "\n") == "1: it has no \"kind\", as entries of a journal have");
  CHECK(mistake_in(R"({"number":1,"at":0,"because":null,"kind":"line.\nx"})"
                   "\n") == "1: kind \"line.\\x0Ax\" is none that this version knows");
  CHECK(mistake_in(R"({"number":1,"at":0,"because":null,"kind":"line.urc","text":""})"
                   "\n") == "1: line.urc: field \"size\" is missing");
  CHECK(mistake_in(R"({"number":1,"at":0,"because":null,"kind":"line.urc","text":"","size":-1})"
                   "\n") == "1: line.urc: field \"size\" holds nothing that it may");
  CHECK(mistake_in(R"({"number":1,"at":0,"because":null,"wall":"x","kind":"line.urc"})"
                   "\n") == "1: \"wall\" is no time in seconds");

  JournalReader reader;
  CHECK(read(reader, "x\n").mistake);
  CHECK(read(reader, whole).entries.empty());
}

TEST_CASE("a last line without its end is not read, and told") {
  JournalReader reader;
  CHECK(read(reader, std::string(kPowerOn) + "\n" + std::string(kPowerOn).substr(0, 20))
            .entries.size() == 1);
  CHECK(reader.is_cut());
  CHECK(reader.line_count() == 1);
}

TEST_CASE("a line without end and words without end are refused") {
  JournalReader reader;
  const std::string part(JournalReader::kLineSizeMax / 2, 'x');
  CHECK_FALSE(read(reader, part).mistake);
  CHECK_FALSE(read(reader, part).mistake);
  CHECK(read(reader, "x").mistake);

  JournalReader words;
  std::optional<Mistake> mistake;
  for (std::size_t i = 0; i <= JournalReader::kWordsMax && !mistake; ++i) {
    const auto word = std::to_string(i);
    const auto line = to_json({1, Instant(), 0, PowerState{word}});
    mistake = read(words, line + "\n").mistake;
  }
  REQUIRE(mistake);
  CHECK(mistake->line == JournalReader::kWordsMax + 1);
}

TEST_CASE("a status that no client has is told as a number") {
  CHECK(phrase(ClientStatusChanged{0, 99}) == "client 0 is in status 99");
}
