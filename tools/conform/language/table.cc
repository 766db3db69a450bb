#include "tools/conform/language/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>

namespace vmodem::conform {
namespace {

// Behind each blank, bar and blank; without the blanks round it.
std::vector<std::string_view> cells_of(std::string_view text) {
  const auto trimmed = [](std::string_view cell) {
    cell.remove_prefix(std::min(cell.find_first_not_of(' '), cell.size()));
    return cell.substr(0, cell.find_last_not_of(' ') + 1);
  };
  std::vector<std::string_view> cells;
  for (auto bar = text.find('|'); bar != std::string_view::npos; bar = text.find('|')) {
    cells.push_back(trimmed(text.substr(0, bar)));
    text.remove_prefix(bar + 1);
  }
  cells.push_back(trimmed(text));
  return cells;
}

std::optional<std::int64_t> whole(std::string_view text) {
  std::int64_t number = 0;
  const auto* last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, number);
  if (error != std::errc{} || end != last) return std::nullopt;
  return number;
}

// All values that a cell stands for: itself, or those of a range.
Expected<std::vector<std::string>, Fault> values_of(std::string_view cell) {
  const auto dots = cell.find("..");
  if (dots == std::string_view::npos) return std::vector{std::string(cell)};
  const auto first = whole(cell.substr(0, dots));
  const auto last = whole(cell.substr(dots + 2));
  if (!first || !last) return std::vector{std::string(cell)};
  if (*last < *first || static_cast<std::uint64_t>(*last - *first) >= Table::kRowCountMax) {
    return unexpected(Fault{fmt::format("'{}' is no range", cell),
                            fmt::format("A..B upwards, {} rows at most", Table::kRowCountMax)});
  }
  std::vector<std::string> values;
  for (auto number = *first; number <= *last; ++number) values.push_back(std::to_string(number));
  return values;
}

}  // namespace

Expected<Table, Fault> Table::parse(std::string_view names) {
  Table table;
  for (const auto name : cells_of(names)) {
    if (!is_name(name) || std::ranges::find(table.names_, name) != table.names_.end()) {
      return unexpected(Fault{fmt::format("'{}' is no name of a column", name),
                              "each NAME | NAME, letters, digits and '_', each once"});
    }
    table.names_.emplace_back(name);
  }
  return table;
}

Expected<void, Fault> Table::add_row(std::string_view values) {
  const auto cells = cells_of(values);
  if (cells.size() != names_.size()) {
    return unexpected(Fault{fmt::format("{} values", cells.size()),
                            fmt::format("as many as there are names, {}", names_.size())});
  }
  std::vector<Names> added{{}};
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const auto choices = values_of(cells[i]);
    if (!choices) return unexpected(choices.error());
    std::vector<Names> longer;
    if (added.size() * choices->size() + rows_.size() > kRowCountMax) {
      return unexpected(Fault{"a table of too many rows", fmt::format("{}", kRowCountMax)});
    }
    for (const auto& row : added) {
      for (const auto& choice : *choices) {
        longer.push_back(row);
        longer.back()[names_[i]] = choice;
      }
    }
    added = std::move(longer);
  }
  rows_.insert(rows_.end(), added.begin(), added.end());
  return {};
}

std::string Table::title(const Names& row) const {
  std::string text;
  for (const auto& name : names_) {
    text += fmt::format("{}{}={}", text.empty() ? "" : ", ", name, row.at(name));
  }
  return text;
}

}  // namespace vmodem::conform
