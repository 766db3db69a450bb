#include "tools/conform/language/source.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "tools/conform/language/names.h"
#include "tools/conform/language/table.h"

namespace vmodem::conform {
namespace {

using Done = Expected<void, ScriptError>;

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

bool is_blank(std::string_view line) {
  return line.find_first_not_of(' ') == std::string_view::npos;
}

// What stands behind the keyword and a blank, or nothing where the line begins otherwise.
std::optional<std::string_view> behind(std::string_view line, std::string_view keyword) {
  if (!line.starts_with(keyword)) return std::nullopt;
  line.remove_prefix(keyword.size());
  if (line.empty()) return line;
  if (line[0] != ' ') return std::nullopt;
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  return line.substr(0, line.find_last_not_of(' ') + 1);
}

class Unroller {
 public:
  explicit Unroller(const Includer& includer) : includer_(includer) {}

  Expected<Source, ScriptError> run(std::string_view text) {
    source_.own = lines_of(text);
    if (const auto done = unroll({"", source_.own}, 0, source_.own.size()); !done) {
      return unexpected(done.error());
    }
    return std::move(source_);
  }

 private:
  struct File {
    std::string name;
    std::vector<std::string> lines;
  };

  Done unroll(const File& file, std::size_t first, std::size_t end);
  Done unroll_line(const File& file, std::size_t& at, std::size_t end);
  Done let(const File& file, std::size_t at, std::string_view rest);
  Done include(const File& file, std::size_t at, std::string_view path);
  Done unroll_table(const File& file, std::size_t& at, std::size_t end, std::string_view names);
  Done play_rows(const File& file, const Table& table, std::size_t first, std::size_t end);
  Done emit(const File& file, std::size_t at);
  void pass(std::string_view line);

  [[nodiscard]] static tl::unexpected<ScriptError> wrong(const File& file, std::size_t at,
                                                         Fault fault) {
    return unexpected(ScriptError{at + 1, std::move(fault), file.name});
  }

  const Includer& includer_;
  Source source_;
  Names names_;
  std::string title_;
  std::string row_;
  std::size_t check_ = 0;
  std::size_t depth_ = 0;
};

Done Unroller::unroll(const File& file, std::size_t first, std::size_t end) {
  for (auto at = first; at < end;) {
    if (const auto done = unroll_line(file, at, end); !done) return done;
  }
  return {};
}

// Blank lines end a check, comments above its first line name it.
void Unroller::pass(std::string_view line) {
  if (!is_blank(line)) {
    const bool has_begun = !source_.lines.empty() && source_.lines.back().check == check_ &&
                           !behind(source_.lines.back().text, "shows");
    if (has_begun) return;
    line.remove_prefix(std::min(line.find_first_not_of("# "), line.size()));
    title_ += title_.empty() ? line : fmt::format(" {}", line);
    return;
  }
  title_.clear();
  if (row_.empty()) ++check_;
}

Done Unroller::unroll_line(const File& file, std::size_t& at, std::size_t end) {
  const std::string& line = file.lines[at];
  if (is_blank(line) || line[0] == '#') {
    pass(line);
    ++at;
    return {};
  }
  if (const auto names = behind(line, "each")) return unroll_table(file, at, end, *names);
  if (const auto rest = behind(line, "let")) return let(file, at++, *rest);
  if (const auto path = behind(line, "include")) return include(file, at++, *path);
  return emit(file, at++);
}

Done Unroller::let(const File& file, std::size_t at, std::string_view rest) {
  const auto equals = rest.find('=');
  const auto name = rest.substr(0, equals);
  if (equals == std::string_view::npos || !is_name(name)) {
    return wrong(file, at, {"'let' without a name and '='", "let NAME=TEXT"});
  }
  auto value = fill_in(rest.substr(equals + 1), names_);
  if (!value) return wrong(file, at, std::move(value.error()));
  names_[std::string(name)] = std::move(*value);
  return {};
}

Done Unroller::include(const File& file, std::size_t at, std::string_view path) {
  source_.is_plain = false;
  if (depth_ == Source::kIncludeDepthMax) {
    return wrong(file, at, {"a file that includes itself, or too deep", "8 files deep"});
  }
  auto found = includer_(file.name, path);
  if (!found) return wrong(file, at, std::move(found.error()));
  const File inner{std::move(found->file), lines_of(found->text)};
  ++depth_;
  const auto done = unroll(inner, 0, inner.lines.size());
  --depth_;
  return done;
}

Done Unroller::unroll_table(const File& file, std::size_t& at, std::size_t end,
                            std::string_view names) {
  const auto head = at++;
  source_.is_plain = false;
  if (!row_.empty()) return wrong(file, head, {"a table inside a table", "one of more columns"});
  auto table = Table::parse(names);
  if (!table) return wrong(file, head, std::move(table.error()));
  for (; at < end; ++at) {
    const std::string_view line = file.lines[at];
    if (is_blank(line) || line[0] == '#') continue;
    if (line[0] != '|') break;
    auto values = fill_in(line.substr(1), names_);
    if (!values) return wrong(file, at, std::move(values.error()));
    if (auto added = table->add_row(*values); !added) {
      return wrong(file, at, std::move(added.error()));
    }
  }
  const auto first = at;
  for (std::size_t open = 1; at < end; ++at) {
    const std::string_view line = file.lines[at];
    if (behind(line, "unordered")) ++open;
    if (behind(line, "end") && --open == 0) break;
  }
  if (at == end) return wrong(file, head, {"a table without its end", "a line 'end'"});
  if (table->rows().empty()) return wrong(file, head, {"a table without rows", "| VALUE | VALUE"});
  return play_rows(file, *table, first, at++);
}

Done Unroller::play_rows(const File& file, const Table& table, std::size_t first,
                         std::size_t end) {
  const auto outer = names_;
  const auto title = std::exchange(title_, {});
  for (const auto& row : table.rows()) {
    ++check_;
    row_ = title + (title.empty() ? "" : ": ") + table.title(row);
    for (const auto& [name, value] : row) names_[name] = value;
    if (const auto done = unroll(file, first, end); !done) return done;
  }
  names_ = outer;
  row_.clear();
  ++check_;
  return {};
}

Done Unroller::emit(const File& file, std::size_t at) {
  if (source_.lines.size() == Source::kLineCountMax) {
    return wrong(file, at,
                 {"too long a case", fmt::format("{} lines with its tables", Source::kLineCountMax)});
  }
  auto text = fill_in(file.lines[at], names_);
  if (!text) return wrong(file, at, std::move(text.error()));
  source_.lines.push_back(
      {file.name, at + 1, std::move(*text), check_, row_.empty() ? title_ : row_});
  return {};
}

}  // namespace

Expected<Source, ScriptError> read_source(std::string_view text, const Includer& includer) {
  return Unroller(includer).run(text);
}

}  // namespace vmodem::conform
