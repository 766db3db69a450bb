#include "at_engine/command_line.h"

#include <algorithm>

#include "at_engine/text.h"

namespace vmodem::at {
namespace {

// V.250 §5.4.1: the characters of an extended command's name.
bool is_name_character(char c) {
  return is_letter(c) || is_digit(c) ||
         std::string_view("!%-./:_").find(c) != std::string_view::npos;
}

bool begins_command(char c) {
  return is_letter(c) || c == '&' || c == '+';
}

std::string upper(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), to_upper);
  return result;
}

// The extent of one extended command: up to a semicolon outside quotes.
std::size_t find_command_end(std::string_view text) {
  bool in_quotes = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') in_quotes = !in_quotes;
    if (text[i] == ';' && !in_quotes) return i;
  }
  return text.size();
}

std::string_view take_digits(std::string_view& rest) {
  const auto end = std::find_if_not(rest.begin(), rest.end(), is_digit) - rest.begin();
  const auto digits = rest.substr(0, static_cast<std::size_t>(end));
  rest.remove_prefix(digits.size());
  return digits;
}

Expected<std::optional<Command>, GrammarError> take_extended(std::string_view& rest) {
  const auto end = find_command_end(rest);
  const auto text = trim_end(rest.substr(0, end));
  rest.remove_prefix(std::min(end + 1, rest.size()));

  const auto name_end = static_cast<std::size_t>(
      std::find_if_not(text.begin() + 1, text.end(), is_name_character) - text.begin());
  if (name_end == 1) return unexpected(GrammarError::kBadName);

  Command command{.name = upper(text.substr(0, name_end))};
  const auto tail = text.substr(name_end);
  if (tail.empty()) return command;
  if (tail[0] == '?') {
    if (tail.size() > 1) return unexpected(GrammarError::kBadForm);
    command.form = Form::kRead;
    return command;
  }
  if (tail[0] != '=') return unexpected(GrammarError::kBadName);

  const auto value = trim_start(tail.substr(1));
  if (value == "?") {
    command.form = Form::kTest;
    return command;
  }
  command.form = Form::kWrite;
  command.parameters = value;
  return command;
}

// ATSn? and ATSn=v (V.250 §5.3.2); the number belongs to the name.
Expected<std::optional<Command>, GrammarError> take_register(std::string_view& rest) {
  rest.remove_prefix(1);
  rest = trim_start(rest);
  const auto number = take_digits(rest);
  if (number.empty()) return unexpected(GrammarError::kBadName);

  // "S03" names the same register as "S3".
  const auto significant = std::min(number.find_first_not_of('0'), number.size() - 1);
  Command command{.name = "S" + std::string(number.substr(significant)), .is_basic = true};
  rest = trim_start(rest);
  if (rest.starts_with('?')) {
    rest.remove_prefix(1);
    command.form = Form::kRead;
    return command;
  }
  if (rest.starts_with('=')) {
    rest = trim_start(rest.substr(1));
    if (rest.starts_with('?')) {
      rest.remove_prefix(1);
      command.form = Form::kTest;
      return command;
    }
    command.form = Form::kWrite;
    command.parameters = take_digits(rest);
    return command;
  }
  return unexpected(GrammarError::kBadForm);
}

Expected<std::optional<Command>, GrammarError> take_basic(std::string_view& rest) {
  Command command{.is_basic = true};
  if (rest[0] == '&') {
    command.name = "&";
    rest = trim_start(rest.substr(1));
    if (rest.empty() || !is_letter(rest[0])) return unexpected(GrammarError::kBadName);
  }
  command.name += to_upper(rest[0]);
  rest.remove_prefix(1);
  if (command.name == "D") {  // V.250 §6.3.1: the dial string takes the rest of the line
    command.parameters = rest;
    rest = {};
    return command;
  }
  rest = trim_start(rest);
  command.parameters = take_digits(rest);
  if (!command.parameters.empty()) command.form = Form::kWrite;
  return command;
}

}  // namespace

Expected<std::optional<Command>, GrammarError> take_command(std::string_view& rest) {
  rest = trim_start(rest);
  if (rest.empty()) return std::nullopt;

  const char first = rest[0];
  if (first == '+') return take_extended(rest);
  if (!begins_command(first)) return unexpected(GrammarError::kNotACommand);

  auto command = to_upper(first) == 'S' ? take_register(rest) : take_basic(rest);
  if (!command) return command;

  // "ATV?", "ATE-1", "ATS3=-1": with the junk behind it the value is invalid, not a missing one.
  rest = trim_start(rest);
  if (!rest.empty() && rest[0] != ';' && !begins_command(rest[0])) {
    return unexpected(GrammarError::kBadForm);
  }
  if (rest.starts_with(';')) rest.remove_prefix(1);
  return command;
}

}  // namespace vmodem::at
