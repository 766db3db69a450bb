#include "firmware/lint/command.h"

#include <fmt/format.h>

#include "firmware/base/number.h"
#include "firmware/base/printable.h"
#include "firmware/base/text.h"

namespace vmodem::lint {
namespace {

constexpr std::size_t kCommandsMax = 16;
constexpr std::size_t kClientCount = 6;
constexpr std::size_t kShownMax = 60;
constexpr std::string_view kPrefix = "AT";

std::string_view take_argument(std::string_view& rest) {
  bool is_inside = false;
  std::size_t end = 0;
  for (; end < rest.size() && (is_inside || rest[end] != ','); ++end) {
    if (rest[end] == '"') is_inside = !is_inside;
  }
  const auto taken = rest.substr(0, end);
  rest.remove_prefix(end < rest.size() ? end + 1 : end);
  return trimmed(taken);
}

Argument unquoted(std::string_view text) {
  const bool is_quoted = text.size() >= 2 && text.front() == '"' && text.back() == '"';
  return {is_quoted ? text.substr(1, text.size() - 2) : text, is_quoted};
}

}  // namespace

std::optional<std::uint32_t> Command::number(std::size_t index) const {
  return parse_number<std::uint32_t>(arguments[index].text);
}

std::optional<std::size_t> Command::client() const {
  const auto given = number(0);
  if (!given || *given >= kClientCount) return std::nullopt;
  return *given;
}

std::vector<Command> commands_of(std::string_view text) {
  std::vector<Command> commands;
  auto rest = text.substr(text.starts_with(kPrefix) ? kPrefix.size() : 0);
  while (commands.size() < kCommandsMax) {
    auto taken = at::take_command(rest);
    if (!taken || !*taken) return commands;
    Command command{std::move((*taken)->name), (*taken)->form};
    auto parameters = (*taken)->parameters;
    for (auto& argument : command.arguments) argument = unquoted(take_argument(parameters));
    commands.push_back(std::move(command));
  }
  return commands;
}

std::string shown(journal::Number number, std::string_view text) {
  return fmt::format("#{} {}", number, printable(text, kShownMax));
}

}  // namespace vmodem::lint
