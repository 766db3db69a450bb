#include "at_engine/arguments.h"

#include <algorithm>
#include <charconv>

#include "at_engine/text.h"

namespace vmodem::at {
namespace {

struct Token {
  std::string_view text;
  bool quoted = false;
  bool empty = false;  // nothing between two commas; "" is not empty
};

// Takes one parameter and its comma off `rest`.
Expected<Token, ParseError> take_token(std::string_view& rest, bool& more) {
  rest = trim_start(rest);
  Token token;
  std::size_t end = 0;
  if (rest.starts_with('"')) {
    const auto close = rest.find('"', 1);
    if (close == std::string_view::npos) return unexpected(ParseError::kSyntax);
    token.text = rest.substr(1, close - 1);
    token.quoted = true;
    end = rest.find_first_not_of(' ', close + 1);
    if (end == std::string_view::npos) end = rest.size();
    if (end < rest.size() && rest[end] != ',') return unexpected(ParseError::kSyntax);
  } else {
    end = std::min(rest.find(','), rest.size());
    token.text = trim_end(rest.substr(0, end));
    token.empty = token.text.empty();
    if (token.text.find('"') != std::string_view::npos) return unexpected(ParseError::kSyntax);
  }
  more = end < rest.size();
  rest.remove_prefix(more ? end + 1 : end);
  return token;
}

Expected<Argument, ParseError> to_number(const Token& token, const Param& param) {
  if (token.quoted) return unexpected(ParseError::kType);

  Argument argument{.present = true};
  const auto* first = token.text.data();
  const auto* last = first + token.text.size();
  const auto [end, error] = std::from_chars(first, last, argument.number);
  if (error == std::errc::result_out_of_range) return unexpected(ParseError::kRange);
  if (error != std::errc{} || end != last) return unexpected(ParseError::kType);
  if (!param.allows(argument.number)) return unexpected(ParseError::kRange);
  return argument;
}

bool is_bare_allowed(std::string_view text, Bare bare) {
  switch (bare) {
    case Bare::kRefused:
      return false;
    case Bare::kDigits:
      return std::all_of(text.begin(), text.end(), is_digit);
    case Bare::kAny:
      break;
  }
  return true;
}

Expected<Argument, ParseError> to_text(const Token& token, const Param& param) {
  if (!token.quoted && !is_bare_allowed(token.text, param.bare)) {
    return unexpected(ParseError::kType);
  }
  if (token.text.size() < param.size_min || token.text.size() > param.size_max) {
    return unexpected(ParseError::kRange);
  }
  Argument argument{.present = true, .quoted = token.quoted, .text = token.text};
  if (param.word_count == 0) return argument;

  const auto* last = param.words.begin() + param.word_count;
  const auto* word = std::find_if(param.words.begin(), last, [&](std::string_view candidate) {
    return equals_ignoring_case(candidate, token.text);
  });
  if (word == last) return unexpected(ParseError::kRange);
  argument.text = *word;
  return argument;
}

}  // namespace

Expected<Arguments, ParseError> Arguments::parse(std::optional<std::string_view> text,
                                                 const ParamList& params, std::size_t optional) {
  Arguments arguments(params);
  const auto required = params.size() - optional;
  bool more = text.has_value();
  while (more) {
    const auto token = take_token(*text, more);
    if (!token) return unexpected(token.error());

    const auto index = arguments.count_++;
    if (index >= params.size()) return unexpected(ParseError::kSurplus);
    if (token->empty) {
      if (index < required) return unexpected(ParseError::kMissing);
      continue;
    }
    const auto& param = params[index];
    auto argument =
        param.kind == ParamKind::kInteger ? to_number(*token, param) : to_text(*token, param);
    if (!argument) return unexpected(argument.error());
    arguments.values_[index] = *argument;
  }
  if (arguments.count_ < required) return unexpected(ParseError::kMissing);
  return arguments;
}

bool Arguments::are_empty() const {
  return std::none_of(values_.begin(), values_.end(),
                      [](const Argument& argument) { return argument.present; });
}

const Argument& Arguments::find_argument(const Param& param) const {
  for (std::size_t i = 0; i < params_->size(); ++i) {
    if (&(*params_)[i] == &param) return values_[i];
  }
  BG_CHECK(false, "a handler reads only the parameters that its row declares");
  return values_[0];
}

}  // namespace vmodem::at
