#include "at_engine/command.h"

#include <fmt/format.h>

#include <algorithm>

namespace vmodem::at {

std::string test_line(const CommandSpec& spec) {
  if (spec.test == kTestAnswersOk) return {};
  if (!spec.test.empty()) return std::string(spec.test);
  if (spec.write.size() == 0) return {};

  std::string line = fmt::format("{}: ", spec.name);
  if (!spec.keyword.empty()) line += fmt::format("\"{}\",", spec.keyword);
  for (std::size_t i = 0; i < spec.write.size(); ++i) {
    if (i > 0) line += ',';
    line += spec.write[i].to_test_text();
  }
  return line;
}

CommandTable::CommandTable(std::span<const std::span<const CommandSpec>> families) {
  for (const auto family : families) {
    for (const auto& spec : family) rows_.push_back(&spec);
  }
  std::stable_sort(rows_.begin(), rows_.end(),
                   [](const auto* a, const auto* b) { return a->name < b->name; });
}

std::span<const CommandSpec* const> CommandTable::find(std::string_view upper_case_name) const {
  // clang 14 cannot compile the subrange of libstdc++ that std::ranges::equal_range returns.
  const auto name_of = [](const CommandSpec* row) { return row->name; };
  const auto first = std::ranges::lower_bound(rows_, upper_case_name, {}, name_of);
  const auto last = std::ranges::upper_bound(rows_, upper_case_name, {}, name_of);
  return {first, last};
}

}  // namespace vmodem::at
