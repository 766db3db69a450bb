#include "at_engine/line_facts.h"

#include <algorithm>

#include "at_engine/command_line.h"
#include "at_engine/text.h"
#include "firmware/base/check.h"

namespace vmodem::at {
namespace {

// The least sure last; what a host was seen to type stands in no manual.
int doubt(Evidence evidence) {
  switch (evidence) {
    case Evidence::kCaptured:
      return 0;
    case Evidence::kDocumented:
      return 1;
    case Evidence::kStandard:
      return 2;
    case Evidence::kInferred:
      return 3;
    case Evidence::kHosts:
      return 4;
  }
  BG_CHECK(false, "every kind of evidence has its place");
}

// The row has another keyword than the command names.
bool is_of_other(const CommandSpec& row, const Command& command) {
  auto word = command.parameters;
  if (row.keyword.empty() || !word.starts_with('"')) return false;
  word.remove_prefix(1);
  return !equals_ignoring_case(word.substr(0, word.find('"')), row.keyword);
}

// Of the rows that it may mean: the longest, and the surest.
LineFacts facts_of(const Command& command, const CommandTable& commands) {
  LineFacts facts;
  for (const auto* row : commands.find(command.name)) {
    if (is_of_other(*row, command)) continue;
    const bool is_surer = !facts.evidence || doubt(row->evidence) < doubt(*facts.evidence);
    if (is_surer) facts.evidence = row->evidence;
    facts.response_time_max =
        std::max(facts.response_time_max.value_or(Duration::zero()), row->response_time_max);
  }
  return facts;
}

}  // namespace

std::string_view name(Evidence evidence) {
  switch (evidence) {
    case Evidence::kCaptured:
      return "captured";
    case Evidence::kDocumented:
      return "documented";
    case Evidence::kHosts:
      return "hosts";
    case Evidence::kStandard:
      return "standard";
    case Evidence::kInferred:
      return "inferred";
  }
  BG_CHECK(false, "every kind of evidence has its name");
}

LineFacts facts_of_line(std::string_view line, const CommandTable& commands) {
  LineFacts facts;
  while (true) {
    const auto command = take_command(line);
    if (!command) return {};
    if (!*command) break;
    const auto next = facts_of(**command, commands);
    if (!next.evidence) return {};
    const bool is_less_sure = !facts.evidence || doubt(*next.evidence) > doubt(*facts.evidence);
    if (is_less_sure) facts.evidence = next.evidence;
    facts.response_time_max =
        facts.response_time_max.value_or(Duration::zero()) + *next.response_time_max;
  }
  // "AT" alone is V.250's.
  if (!facts.evidence) return {CommandSpec{}.response_time_max, Evidence::kDocumented};
  return facts;
}

}  // namespace vmodem::at
