#include "firmware/coverage/universe.h"

#include <algorithm>
#include <set>

#include "firmware/testbed/verb.h"
#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::coverage;

namespace {

std::set<std::string> aspects_of(Group group, std::string_view subject) {
  std::set<std::string> aspects;
  for (const auto& item : universe().items()) {
    if (item.group == group && item.subject == subject) aspects.insert(item.aspect);
  }
  return aspects;
}

using Aspects = std::set<std::string>;

}  // namespace

TEST_CASE("a command has the forms that its row has") {
  CHECK(aspects_of(Group::kForms, "AT+QCOAPOPEN") == Aspects{"test", "read", "write"});
  CHECK(aspects_of(Group::kForms, "AT+QIGETERROR") == Aspects{"test", "execute"});
  CHECK(aspects_of(Group::kForms, "ATE") == Aspects{"write"});
  CHECK(aspects_of(Group::kForms, "ATS3") == Aspects{"read", "write"});
}

TEST_CASE("rows of one name share their test form, and a keyword alone is their read form") {
  CHECK(aspects_of(Group::kForms, "AT+QCOAPCFG") == Aspects{"test"});
  CHECK(aspects_of(Group::kForms, "AT+QCOAPCFG=\"trans\"") == Aspects{"read", "write"});
}

TEST_CASE("results are those that this module gives") {
  CHECK(universe().find(Group::kResults, "OK", ""));
  CHECK(universe().find(Group::kResults, "+CME ERROR: 10", ""));
  CHECK_FALSE(universe().find(Group::kResults, "+CME ERROR: 21", ""));
  CHECK(aspects_of(Group::kCoapResults, "+QCOAPIND") == Aspects{"0", "-11"});
  CHECK(aspects_of(Group::kUrcs, "+CEREG") == Aspects{"0", "1", "2", "3", "4", "5"});
}

TEST_CASE("messages are those of the note's Table 4, and options those of its Table 3") {
  CHECK(aspects_of(Group::kMessages, "0.02") == Aspects{"CON", "NON"});
  CHECK(aspects_of(Group::kMessages, "0.00") == Aspects{"CON"});
  CHECK(aspects_of(Group::kMessages, "5.03") == Aspects{"received"});
  CHECK(aspects_of(Group::kOptions, "11") == Aspects{"sent"});
  CHECK(aspects_of(Group::kOptions, "12") == Aspects{"sent", "received"});
}

TEST_CASE("every verb is a fault that a host can meet") {
  for (const auto& verb : testbed::verbs()) CHECK(universe().find(Group::kFaults, verb.name, ""));
  CHECK(aspects_of(Group::kLink, "link.lost") == Aspects{"uplink", "downlink"});
}

TEST_CASE("clauses of the note come first and in its order, each with what stands in it") {
  std::vector<std::string> names;
  for (const auto& clause : universe().clauses()) {
    if (is_of_note(clause)) names.push_back(clause.name);
    CHECK_FALSE(clause.items.empty());
    CHECK_FALSE(clause.name.starts_with("LOG-"));
  }
  CHECK(names == std::vector<std::string>{"the note §3.3.1", "the note §3.3.2", "the note §3.3.3",
                                          "the note §3.3.4", "the note §3.3.5", "the note §3.3.6",
                                          "the note §3.4.1", "the note §3.4.2", "the note §3.4.3",
                                          "the note Table 3", "the note Table 4",
                                          "the note Table 5"});
  CHECK(universe().clauses().size() > names.size());
  CHECK(is_of_note(universe().clauses().front()));
}
