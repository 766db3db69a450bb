#include "firmware/journal/journal.h"

#include <set>

#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::journal;

namespace {

Number emit_power(Journal& journal, std::string_view state) {
  return journal.emit<PowerState>([state] { return PowerState{state}; });
}

}  // namespace

TEST_CASE("what nobody reads is not built") {
  Journal journal;
  bool is_built = false;

  const auto number = journal.emit<PowerState>([&] {
    is_built = true;
    return PowerState{"on"};
  });

  CHECK(number == 0);
  CHECK_FALSE(is_built);
  CHECK_FALSE(journal.is_read());
  CHECK_FALSE(journal.poll_entry());
}

TEST_CASE("entries are numbered from 1 in the order of emission") {
  Journal journal(Journal::everything());
  journal.set_time(Instant(1s));

  CHECK(emit_power(journal, "on") == 1);
  CHECK(emit_power(journal, "off") == 2);

  const auto first = journal.poll_entry();
  const auto second = journal.poll_entry();
  REQUIRE(first);
  REQUIRE(second);
  CHECK(first->number == 1);
  CHECK(first->at == Instant(1s));
  CHECK(std::get<PowerState>(second->event).state == "off");
  CHECK_FALSE(journal.poll_entry());
}

TEST_CASE("the cause is what is being handled, and what was handled before comes back") {
  Journal journal(Journal::everything());
  const auto outer = emit_power(journal, "on");
  {
    const Because handling(journal, outer);
    const auto inner = emit_power(journal, "off");
    {
      const Because deeper(journal, inner);
      emit_power(journal, "on");
    }
    const Because nothing(journal, 0);
    emit_power(journal, "off");
  }
  emit_power(journal, "on");

  std::vector<Number> causes;
  while (const auto entry = journal.poll_entry()) causes.push_back(entry->because);
  CHECK(causes == std::vector<Number>{0, 1, 2, 1, 0});
}

TEST_CASE("a reader of a level gets the kinds that may have it") {
  const auto warnings = Journal::of_level(Level::kWarning);
  const auto infos = Journal::of_level(Level::kInfo);

  CHECK(warnings[kind_index<NetworkSilent>()]);
  CHECK_FALSE(warnings[kind_index<FaultPerformed>()]);
  CHECK(infos[kind_index<FaultPerformed>()]);
  CHECK_FALSE(infos[kind_index<LineCommand>()]);
  CHECK((infos & warnings) == warnings);
}

TEST_CASE("what nobody polls is counted, not kept") {
  Journal journal(Journal::everything());
  for (std::size_t i = 0; i < Journal::kWaitingMax + 3; ++i) emit_power(journal, "on");

  CHECK(journal.take_lost_count() == 3);
  CHECK(journal.take_lost_count() == 0);
  std::size_t count = 0;
  while (journal.poll_entry()) ++count;
  CHECK(count == Journal::kWaitingMax);
}

TEST_CASE("every kind has a name of its own, a sentence and fields of different names") {
  std::set<std::string_view> names;
  for (const auto& kind : kinds()) {
    INFO(kind.name);
    CHECK(names.insert(kind.name).second);
    CHECK(kind.help.ends_with('.'));
    CHECK(find_kind(kind.name) == &kind);
    std::set<std::string_view> fields{"number", "at", "because", "kind", "wall"};
    for (const auto& field : kind.fields) CHECK(fields.insert(field.name).second);
  }
  CHECK(names.size() == kKindCount);
  CHECK(find_kind("line.nothing") == nullptr);
}

namespace {

// Finds something in each entry, and at the end.
class Faultfinder final : public Critic {
 public:
  void handle(const Entry& entry) override { note(entry.number); }
  void end(Instant) override { note(1); }
  std::optional<Finding> poll_finding() override { return waiting_.take_front(); }

 private:
  void note(Number number) {
    waiting_.push_back({number, {"rule", "text", "clause", "cure", true}});
  }

  Queue<Finding> waiting_;
};

}  // namespace

TEST_CASE(
    "what a critic finds stands right behind the entry that showed it, whoever reads and when") {
  Faultfinder critic;
  Journal journal(Journal::everything());
  journal.set_critic(&critic);
  CHECK(emit_power(journal, "on") == 1);
  CHECK(emit_power(journal, "off") == 3);
  journal.end(Instant(5s));

  std::vector<Number> causes;
  for (Number number = 1; const auto entry = journal.poll_entry(); ++number) {
    CHECK(entry->number == number);
    const bool is_finding = std::holds_alternative<LintFinding>(entry->event);
    CHECK(is_finding == (number != 1 && number != 3));
    if (is_finding) causes.push_back(entry->because);
    if (number == 5) CHECK(entry->at == Instant(5s));
  }
  CHECK(causes == std::vector<Number>{1, 3, 1});
}

TEST_CASE("a run without a critic ends without a word") {
  Journal journal(Journal::everything());
  journal.end(Instant(1s));
  CHECK_FALSE(journal.poll_entry());
}
