#include "firmware/testbed/verb.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "at_engine/text.h"
#include "firmware/base/duration_text.h"
#include "firmware/base/names.h"

namespace vmodem::testbed {
namespace {

using net::SyntaxError;

constexpr std::string_view kSeparators = " \t,";
constexpr std::size_t kWordsListedMax = 6;  // in a message; of more only the nearest

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> words;
  while (true) {
    const auto begin = text.find_first_not_of(kSeparators);
    if (begin == std::string_view::npos) return words;
    text.remove_prefix(begin);
    const auto end = std::min(text.find_first_of(kSeparators), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
}

ArgumentValue read_number(const ArgumentSpec& spec, std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_number = error == std::errc{} && end == text.data() + text.size();
  if (!is_number || number < spec.min || number > spec.max) return {};
  return number;
}

ArgumentValue read_duration(const ArgumentSpec& spec, std::string_view text) {
  const auto duration = parse_duration(text);
  if (!duration || *duration > std::chrono::seconds(spec.max)) return {};
  return *duration;
}

ArgumentValue read_word(const ArgumentSpec& spec, std::string_view text) {
  const auto words = spec.words();
  const auto word = std::ranges::find(words, text);
  if (word == words.end()) return {};
  return static_cast<std::int64_t>(word - words.begin());
}

ArgumentValue read_server(std::string_view text) {
  auto endpoint = net::parse_endpoint(text);
  if (!endpoint) return {};
  return *endpoint;
}

// A time that is too long is no name.
ArgumentValue read_name(std::string_view text) {
  if (parse_duration(text)) return {};
  return std::string(text);
}

// Nothing for text that is not allowed.
ArgumentValue read(const ArgumentSpec& spec, std::string_view text) {
  switch (spec.kind) {
    case ArgumentKind::kNumber:
      return read_number(spec, text);
    case ArgumentKind::kDuration:
      return read_duration(spec, text);
    case ArgumentKind::kWord:
      return read_word(spec, text);
    case ArgumentKind::kText:
      return read_name(text);
    case ArgumentKind::kServer:
      return read_server(text);
    case ArgumentKind::kNone:
      break;
  }
  return {};
}

SyntaxError unknown_verb(std::string_view name) {
  std::vector<std::string_view> names;
  for (const auto& verb : verbs()) names.push_back(verb.name);
  return {fmt::format("there is no verb \"{}\"{}", name, did_you_mean(name, names)),
          "a verb that vmodem --help verbs lists"};
}

// `refused` are the arguments that the word might have been.
SyntaxError not_an_argument(const Verb& verb, const std::vector<const ArgumentSpec*>& refused,
                            std::string_view word) {
  std::vector<std::string_view> names;
  std::vector<std::string> allowed;
  for (const auto* spec : refused) {
    names.push_back(spec->name);
    allowed.push_back(allowed_values(*spec));
  }
  auto wrong = fmt::format("{}: {} cannot be {}", verb.name, fmt::join(names, " or "), word);
  const auto& last = *refused.back();
  if (last.kind == ArgumentKind::kWord && last.words().size() > kWordsListedMax) {
    return {wrong + did_you_mean(word, last.words()),
            fmt::format("a word that vmodem --help {} lists", verb.name)};
  }
  return {std::move(wrong), fmt::format("{}", fmt::join(allowed, ", or "))};
}

// Arguments stand in their order; one that may be left out is passed over where the word does not
// fit it.
Expected<VerbArguments, SyntaxError> read_arguments(const Verb& verb,
                                                    std::span<const std::string_view> words) {
  std::vector<ArgumentValue> values;
  std::vector<const ArgumentSpec*> refused;
  for (const auto& spec : verb.arguments) {
    if (spec.kind == ArgumentKind::kNone) continue;
    if (words.empty()) {
      if (spec.is_optional) continue;
      return unexpected(
          SyntaxError{fmt::format("{} lacks its {}", verb.name, spec.name), allowed_values(spec)});
    }
    auto value = read(spec, words.front());
    if (std::holds_alternative<std::monostate>(value)) {
      refused.push_back(&spec);
      if (spec.is_optional) continue;
      return unexpected(not_an_argument(verb, refused, words.front()));
    }
    values.push_back(std::move(value));
    words = words.subspan(1);
    refused.clear();
  }
  if (words.empty()) return VerbArguments(std::move(values));
  if (!refused.empty()) return unexpected(not_an_argument(verb, refused, words.front()));
  return unexpected(
      SyntaxError{fmt::format("{}: {} has no place", verb.name, words.front()), usage(verb)});
}

const NamedArgument* find_argument(std::span<const NamedArgument> arguments,
                                   const ArgumentSpec& spec) {
  const auto found = std::ranges::find_if(arguments, [&](const NamedArgument& argument) {
    return at::equals_ignoring_case(argument.name, spec.name);
  });
  return found == arguments.end() ? nullptr : &*found;
}

const ArgumentSpec* find_spec(const Verb& verb, std::string_view name) {
  const auto found = std::ranges::find_if(verb.arguments, [name](const ArgumentSpec& spec) {
    return spec.kind != ArgumentKind::kNone && at::equals_ignoring_case(spec.name, name);
  });
  return found == verb.arguments.end() ? nullptr : &*found;
}

}  // namespace

const Verb* find_verb(std::string_view name) {
  const auto all = verbs();
  const auto found = std::ranges::lower_bound(all, name, {}, &Verb::name);
  return found == all.end() || found->name != name ? nullptr : &*found;
}

std::string usage(const Verb& verb) {
  std::string text(verb.name);
  for (const auto& spec : verb.arguments) {
    if (spec.kind == ArgumentKind::kNone) continue;
    text += spec.is_optional ? fmt::format(" [{}]", spec.name) : fmt::format(" {}", spec.name);
  }
  return text;
}

std::string allowed_values(const ArgumentSpec& spec) {
  switch (spec.kind) {
    case ArgumentKind::kNumber:
      return fmt::format("a number, {}–{}", spec.min, spec.max);
    case ArgumentKind::kDuration:
      return fmt::format("a duration up to {}, as 3s or 250ms",
                         duration_text(std::chrono::seconds(spec.max)));
    case ArgumentKind::kWord:
      return fmt::format("one of {}", fmt::join(spec.words(), ", "));
    case ArgumentKind::kText:
      return "a name";
    case ArgumentKind::kServer:
      return "an address and a port, as 198.51.100.7:5683";
    case ArgumentKind::kNone:
      break;
  }
  return "nothing";
}

std::optional<Duration> Deed::lasts() const {
  const auto* duration = arguments.find<Duration>();
  if (verb->undo.empty() || duration == nullptr) return std::nullopt;
  return *duration;
}

Expected<Deed, SyntaxError> parse_deed(std::string_view text) {
  const auto begin = std::min(text.find_first_not_of(kSeparators), text.size());
  text.remove_prefix(begin);
  const auto end = std::min(text.find_first_of(" \t:"), text.size());
  const auto name = text.substr(0, end);
  const auto* verb = find_verb(name);
  if (verb == nullptr) return unexpected(unknown_verb(name));

  text.remove_prefix(std::min(end + 1, text.size()));
  auto arguments = read_arguments(*verb, split(text));
  if (!arguments) return unexpected(std::move(arguments.error()));
  return Deed{verb, std::move(*arguments)};
}

Expected<Deed, NamedArgumentError> make_deed(const Verb& verb,
                                             std::span<const NamedArgument> arguments) {
  for (const auto& argument : arguments) {
    if (find_spec(verb, argument.name) == nullptr) {
      return unexpected(NamedArgumentError{
          argument.name,
          {fmt::format("{} has no argument \"{}\"", verb.name, argument.name), usage(verb)}});
    }
  }
  std::vector<ArgumentValue> values;
  for (const auto& spec : verb.arguments) {
    if (spec.kind == ArgumentKind::kNone) continue;
    const auto* argument = find_argument(arguments, spec);
    if (argument == nullptr) {
      if (spec.is_optional) continue;
      return unexpected(
          NamedArgumentError{std::string(spec.name),
                             {fmt::format("{} lacks its {}", verb.name, spec.name),
                              allowed_values(spec)}});
    }
    auto value = read(spec, argument->text);
    if (std::holds_alternative<std::monostate>(value)) {
      return unexpected(
          NamedArgumentError{argument->name, not_an_argument(verb, {&spec}, argument->text)});
    }
    values.push_back(std::move(value));
  }
  return Deed{&verb, VerbArguments(std::move(values))};
}

std::string deed_text(const Verb& verb, std::span<const NamedArgument> arguments) {
  std::string text(verb.name);
  for (const auto& spec : verb.arguments) {
    const auto* argument = find_argument(arguments, spec);
    if (spec.kind != ArgumentKind::kNone && argument != nullptr) text += " " + argument->text;
  }
  return text;
}

}  // namespace vmodem::testbed
