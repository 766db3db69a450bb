// Command lines at the limits that a command table declares, with what each row's syntax makes of
// them.
#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "at_engine/command.h"
#include "at_engine/line_reader.h"
#include "tests/support/boundary_values.h"

namespace vmodem::at {

struct BoundaryCase {
  std::string line;         // with its AT, without its CR
  bool expected_ok_syntax;  // the row's handler is to be called
  std::string what;         // "+QCOAPOPEN port: max+1"
};

class RowBoundaryCases {
 public:
  explicit RowBoundaryCases(const CommandSpec& spec) : spec_(spec) {
    for (const auto* param : spec.write) valid_.push_back(valid_value(*param));
  }

  std::vector<BoundaryCase> build() && {
    // V.250 §6.3.1: a dial string is no list of parameters.
    if (spec_.name == "D") return {};
    if (is_basic() && spec_.write.size() == 0) return {};

    for (std::size_t i = 0; i < spec_.write.size(); ++i) add_values(i);
    if (is_basic()) {
      const bool is_zero_valid = spec_.write.size() == 1 && spec_.write[0].allows(0);
      const bool is_executed = spec_.on_execute != nullptr && !is_register();
      add({""}, is_executed || is_zero_valid, "missing");
    } else {
      add_counts();
    }
    auto surplus = valid_;
    surplus.emplace_back("1");
    add(surplus, false, "surplus");
    return std::move(cases_);
  }

 private:
  [[nodiscard]] bool is_basic() const { return spec_.name[0] != '+'; }
  [[nodiscard]] bool is_register() const { return spec_.name[0] == 'S'; }

  void add_values(std::size_t index) {
    const auto& param = spec_.write[index];
    const auto values =
        param.kind == ParamKind::kInteger ? integer_values(param, is_basic()) : text_values(param);
    for (const auto& value : values) {
      auto arguments = valid_;
      arguments[index] = value.text;
      add(arguments, value.is_valid, fmt::format("{}: {}", param.name, value.what));
    }
  }

  void add_counts() {
    const auto required = valid_.size() - spec_.optional;
    for (std::size_t count = 0; count <= valid_.size(); ++count) {
      const auto end = valid_.begin() + static_cast<std::ptrdiff_t>(count);
      // A name with '=' and nothing behind it gives one empty value, a keyword alone gives none.
      const bool takes_none = spec_.keyword.empty() && valid_.empty();
      add({valid_.begin(), end}, count >= required && !takes_none, fmt::format("{} given", count));
    }
    for (std::size_t i = 0; i < valid_.size(); ++i) {
      auto arguments = valid_;
      arguments[i].clear();
      add(arguments, i >= required, fmt::format("{}: empty", spec_.write[i].name));
    }
  }

  void add(std::vector<std::string> arguments, bool is_valid, std::string_view what) {
    if (!spec_.keyword.empty()) arguments.insert(arguments.begin(), in_quotes(spec_.keyword));
    const bool has_sign = !is_basic() || is_register();
    auto line = fmt::format("AT{}{}{}", spec_.name, has_sign ? "=" : "", fmt::join(arguments, ","));
    const bool fits = line.size() - 2 <= LineReader::kLineSizeMax;
    const bool is_handled = spec_.on_write != nullptr || (is_basic() && what == "missing");
    cases_.push_back({std::move(line), is_valid && fits && is_handled,
                      fmt::format("{} {} {}", spec_.name, spec_.keyword, what)});
  }

  const CommandSpec& spec_;
  std::vector<std::string> valid_;
  std::vector<BoundaryCase> cases_;
};

// Every row's parameters at min-1, min, max, max+1, missing, surplus, and of the wrong type.
[[nodiscard]] inline std::vector<BoundaryCase> boundary_cases(const CommandTable& table) {
  std::vector<BoundaryCase> cases;
  for (const auto* spec : table.all()) {
    auto row = RowBoundaryCases(*spec).build();
    std::ranges::move(row, std::back_inserter(cases));
  }
  return cases;
}

}  // namespace vmodem::at
