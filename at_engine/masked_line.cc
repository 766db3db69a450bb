#include "at_engine/masked_line.h"

#include <algorithm>

#include "at_engine/command_line.h"
#include "at_engine/text.h"

namespace vmodem::at {
namespace {

using Rows = std::span<const CommandSpec* const>;

constexpr std::string_view kMask = "…";

bool is_secret(const Param* param) {
  return param->is_secret;
}

// Behind the last parameter of a row with secrets stands one that slipped.
bool is_secret_at(const CommandSpec& row, std::size_t index) {
  const auto own = row.keyword.empty() ? index : index - 1;
  if (!row.keyword.empty() && index == 0) return false;
  if (own < row.write.size()) return row.write[own].is_secret;
  return std::any_of(row.write.begin(), row.write.end(), is_secret);
}

std::size_t find_comma(std::string_view text) {
  bool is_quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') is_quoted = !is_quoted;
    if (text[i] == ',' && !is_quoted) return i;
  }
  return text.size();
}

std::string masked_arguments(std::string_view arguments, Rows rows) {
  if (rows.empty()) return std::string(kMask);
  std::string shown;
  for (std::size_t index = 0;; ++index) {
    const auto end = find_comma(arguments);
    const bool is_masked = std::ranges::any_of(
        rows, [index](const CommandSpec* row) { return is_secret_at(*row, index); });
    shown += is_masked && end > 0 ? kMask : arguments.substr(0, end);
    if (end == arguments.size()) return shown;
    shown += ',';
    arguments.remove_prefix(end + 1);
  }
}

// Of a command that cannot be read only what looks like its name.
std::string masked_rest(std::string_view text) {
  const auto is_of_name = [](char c) { return is_letter(c) || c == '+' || c == '&'; };
  const auto end = std::ranges::find_if_not(text, is_of_name) - text.begin();
  return std::string(text.substr(0, static_cast<std::size_t>(end))).append(kMask);
}

}  // namespace

std::string masked_line(std::string_view line, const CommandTable& commands) {
  std::string shown;
  auto rest = line;
  while (true) {
    const auto here = rest;
    const auto command = take_command(rest);
    if (!command) return shown + masked_rest(trim_start(here));
    if (!*command) return shown;
    const auto taken = here.substr(0, here.size() - rest.size());
    const auto& arguments = (*command)->parameters;
    if ((*command)->is_basic || arguments.empty()) {
      shown += taken;
      continue;
    }
    const auto begin = static_cast<std::size_t>(arguments.data() - taken.data());
    shown.append(taken.substr(0, begin))
        .append(masked_arguments(arguments, commands.find((*command)->name)))
        .append(taken.substr(std::min(begin + arguments.size(), taken.size())));
  }
}

std::string masked_answer(std::string_view text, const CommandTable& commands) {
  const auto rows = commands.find(text.substr(0, text.find(':')));
  const bool has_secret = std::ranges::any_of(rows, [](const CommandSpec* row) {
    return std::any_of(row->write.begin(), row->write.end(), is_secret);
  });
  if (!has_secret) return std::string(text);
  std::string shown;
  while (true) {
    const auto open = text.find('"');
    shown += text.substr(0, open);
    if (open == std::string_view::npos) return shown;
    const auto close = text.find('"', open + 1);
    shown.append("\"").append(kMask).append("\"");
    if (close == std::string_view::npos) return shown;
    text.remove_prefix(close + 1);
  }
}

}  // namespace vmodem::at
