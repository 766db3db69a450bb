#include "firmware/configuration/schema/key.h"

#include <fmt/ranges.h>

#include <algorithm>

#include "firmware/base/duration_text.h"
#include "firmware/base/names.h"
#include "firmware/base/number.h"
#include "firmware/base/overloaded.h"
#include "firmware/base/text.h"
#include "firmware/configuration/texts/rules.h"
#include "firmware/configuration/texts/words.h"

namespace vmodem::sim {
struct AnswerConfig;
struct InitiatedConfig;
struct ResourceConfig;
}  // namespace vmodem::sim

namespace vmodem::app {

// Who has keys. A row reaches them by functions, so this room need not know what they hold.
struct Config;
struct HostEntry;
struct ServerEntry;

namespace {

using net::SyntaxError;
using Result = Expected<void, SyntaxError>;

std::string to_text(const ConfigValue& value) {
  return std::visit(Overloaded{[](bool v) { return std::string(v ? "true" : "false"); },
                               [](const std::string& v) { return fmt::format("\"{}\"", v); },
                               [](auto v) { return fmt::format("{}", v); }},
                    value);
}

template <class Owner>
bool try_set(Owner& owner, const BooleanOf<Owner>& key, const ConfigValue& value) {
  const auto* boolean = std::get_if<bool>(&value);
  if (boolean == nullptr) return false;
  key.set(owner, *boolean);
  return true;
}

template <class Owner>
bool try_set(Owner& owner, const IntegerOf<Owner>& key, const ConfigValue& value) {
  const auto* integer = std::get_if<std::int64_t>(&value);
  if (integer == nullptr) return false;
  if ((*integer < key.min || *integer > key.max) && *integer != key.also) return false;
  key.set(owner, *integer);
  return true;
}

template <class Owner>
bool try_set(Owner& owner, const NumberOf<Owner>& key, const ConfigValue& value) {
  const auto* integer = std::get_if<std::int64_t>(&value);
  const auto* real = std::get_if<double>(&value);
  if (integer == nullptr && real == nullptr) return false;

  const double number = real != nullptr ? *real : static_cast<double>(*integer);
  if (!(number >= key.min && number <= key.max)) return false;  // this way round NaN is refused too
  key.set(owner, number);
  return true;
}

template <class Owner>
bool try_set(Owner& owner, const WordOf<Owner>& key, const ConfigValue& value) {
  const auto* word = std::get_if<std::string>(&value);
  if (word == nullptr) return false;
  const auto found = std::ranges::find(key.words, *word);
  if (found == key.words.end()) return false;
  key.set(owner, static_cast<std::size_t>(found - key.words.begin()));
  return true;
}

template <class Owner>
bool try_set(Owner& owner, const TextOf<Owner>& key, const ConfigValue& value) {
  const auto* given = std::get_if<std::string>(&value);
  if (given == nullptr) return false;
  std::string text = *given;
  if (!key.accept(text)) return false;
  key.set(owner, std::move(text));
  return true;
}

template <class Owner>
bool try_set(Owner& owner, const DurationOf<Owner>& key, const ConfigValue& value) {
  const auto* text = std::get_if<std::string>(&value);
  if (text != nullptr && !key.absent.empty() && *text == key.absent) {
    key.set(owner, std::nullopt);
    return true;
  }
  const auto duration = text != nullptr ? parse_duration(*text) : std::nullopt;
  if (!duration || *duration < key.min || *duration > key.max) return false;
  key.set(owner, *duration);
  return true;
}

// Texts are taken apart by set_list(), nothing else is a list.
template <class Owner>
bool try_set(Owner&, const ListOf<Owner>&, const ConfigValue&) {
  return false;
}

template <class Owner>
Result set_list(Owner& owner, const KeyOf<Owner>& key, std::string_view called,
                std::string_view text) {
  const auto& list = std::get<ListOf<Owner>>(key.kind);
  std::vector<std::string_view> elements;
  if (list.separator == kNoSeparator) {
    elements = {text};
  } else if (!trimmed(text).empty()) {
    elements = split(text, list.separator);
    if (elements.back().empty()) elements.pop_back();
  }
  if (elements.size() > list.count_max) return unexpected(too_many(called, list.count_max));
  const auto before = list.get(owner);
  list.clear(owner);
  for (const auto element : elements) {
    auto added = key.add_element(owner, list, called, element);
    if (added) continue;
    list.clear(owner);
    for (const auto& kept : before) (void)list.add(owner, kept);
    return added;
  }
  return {};
}

template <class Owner>
std::string allowed_integers(const IntegerOf<Owner>& key) {
  const auto* dash = key.min < 0 ? " to " : "–";
  auto text = fmt::format("an integer, {}{}{}", key.min, dash, key.max);
  return key.also ? fmt::format("{} or {}", text, *key.also) : text;
}

// Text that does not fit the key's type stays text, which the key then refuses by name.
template <class Owner>
ConfigValue read_as(const KeyOf<Owner>& key, std::string_view text) {
  if (std::holds_alternative<BooleanOf<Owner>>(key.kind) && (text == "true" || text == "false")) {
    return text == "true";
  }
  if (std::holds_alternative<IntegerOf<Owner>>(key.kind)) {
    if (const auto integer = parse_number<std::int64_t>(text)) return *integer;
  }
  if (std::holds_alternative<NumberOf<Owner>>(key.kind)) {
    if (const auto number = parse_number<double>(text)) return *number;
  }
  return std::string(text);
}

// In one line where that is not long.
std::string list_literal(const std::vector<std::string>& elements) {
  constexpr std::size_t kLineMax = 80;
  std::string line;
  std::string lines = "[\n";
  for (const auto& element : elements) {
    const auto literal = in_quotes(element);
    line += fmt::format("{}{}", line.empty() ? "" : ", ", literal);
    lines += fmt::format("  {},\n", literal);
  }
  return elements.size() <= 1 || line.size() <= kLineMax ? fmt::format("[{}]", line) : lines + "]";
}

}  // namespace

SyntaxError unknown_key(std::string_view prefix, std::string_view name,
                        std::span<const std::string_view> names) {
  return {fmt::format("unknown key \"{}{}\"{}", prefix, name, did_you_mean(name, names, prefix)),
          "a key that vmodem --help keys lists"};
}

SyntaxError too_many(std::string_view called, std::size_t count_max) {
  return {fmt::format("{}: there are too many", called), fmt::format("at most {}", count_max)};
}

std::string in_quotes(std::string_view text) {
  std::string literal = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      literal += '\\';
      literal += c;
    } else if (c == '\n') {
      literal += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      literal += fmt::format("\\u{:04X}", static_cast<unsigned>(c));
    } else {
      literal += c;
    }
  }
  return literal + '"';
}

std::string key_literal(std::string_view name) {
  const bool is_bare = !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  });
  return is_bare ? std::string(name) : in_quotes(name);
}

template <class Owner>
std::string KeyOf<Owner>::allowed() const {
  return std::visit(
      Overloaded{
          [](const BooleanOf<Owner>&) { return std::string("true or false"); },
          [](const IntegerOf<Owner>& k) { return allowed_integers(k); },
          [](const NumberOf<Owner>& k) {
            return fmt::format("a number, {:.1f}{}{:.1f}", k.min, k.min < 0 ? " to " : "–", k.max);
          },
          [](const WordOf<Owner>& k) { return fmt::format("one of {}", fmt::join(k.words, ", ")); },
          [](const TextOf<Owner>& k) { return k.allowed(); },
          [](const DurationOf<Owner>& k) {
            auto text = fmt::format("a duration, {}–{}, as 3s or 250ms", duration_text(k.min),
                                    duration_text(k.max));
            return k.absent.empty() ? text : fmt::format("{}, or {}", text, k.absent);
          },
          [](const ListOf<Owner>& k) { return k.allowed(); }},
      kind);
}

template <class Owner>
std::string KeyOf<Owner>::text(const Owner& owner) const {
  return std::visit(
      Overloaded{
          [&](const BooleanOf<Owner>& k) { return std::string(k.get(owner) ? "true" : "false"); },
          [&](const IntegerOf<Owner>& k) {
            const auto value = k.get(owner);
            return value ? fmt::format("{}", *value) : std::string();
          },
          [&](const NumberOf<Owner>& k) { return fmt::format("{}", k.get(owner)); },
          [&](const WordOf<Owner>& k) { return std::string(k.words[k.get(owner)]); },
          [&](const TextOf<Owner>& k) { return k.get(owner); },
          [&](const DurationOf<Owner>& k) {
            const auto value = k.get(owner);
            return value ? duration_text(*value) : std::string(k.absent);
          },
          [&](const ListOf<Owner>& k) {
            const auto separator = k.separator == kNoSeparator ? '\n' : k.separator;
            return fmt::format("{}", fmt::join(k.get(owner), fmt::format("{} ", separator)));
          }},
      kind);
}

template <class Owner>
std::string KeyOf<Owner>::literal(const Owner& owner) const {
  const auto as_is = [&](const auto&) { return text(owner); };
  const auto as_string = [&](const auto&) { return in_quotes(text(owner)); };
  return std::visit(Overloaded{[&](const BooleanOf<Owner>& k) { return as_is(k); },
                               [&](const IntegerOf<Owner>& k) { return as_is(k); },
                               [&](const NumberOf<Owner>& k) { return as_is(k); },
                               [&](const WordOf<Owner>& k) { return as_string(k); },
                               [&](const TextOf<Owner>& k) { return as_string(k); },
                               [&](const DurationOf<Owner>& k) { return as_string(k); },
                               [&](const ListOf<Owner>& k) { return list_literal(k.get(owner)); }},
                    kind);
}

template <class Owner>
Result KeyOf<Owner>::add_element(Owner& owner, const ListOf<Owner>& list, std::string_view called,
                                 std::string_view element) const {
  if (list.add(owner, element)) return {};
  if (auto why = list.why != nullptr ? list.why(owner, element) : std::nullopt) {
    return unexpected(SyntaxError{fmt::format("{}: {}", called, why->wrong), why->right});
  }
  const auto shown = list.is_secret ? "an element" : fmt::format("\"{}\"", element);
  return unexpected(SyntaxError{fmt::format("{}: {} is not allowed", called, shown), allowed()});
}

template <class Owner>
bool holds_secret(const KeyOf<Owner>& key) {
  const auto* list = std::get_if<ListOf<Owner>>(&key.kind);
  const auto* text = std::get_if<TextOf<Owner>>(&key.kind);
  return (list != nullptr && list->is_secret) || (text != nullptr && text->is_secret);
}

template <class Owner>
SyntaxError not_allowed(const KeyOf<Owner>& key, std::string_view called,
                        const ConfigValue& value) {
  const auto* text = std::get_if<TextOf<Owner>>(&key.kind);
  const auto* given = std::get_if<std::string>(&value);
  if (text != nullptr && text->names != nullptr && given != nullptr) {
    return {fmt::format("{}: \"{}\" is not allowed{}", called, *given,
                        did_you_mean(*given, text->names())),
            fmt::format("a name that vmodem --help {} lists", key.name)};
  }
  const auto shown = holds_secret(key) ? "the value" : to_text(value);
  return {fmt::format("{}: {} is not allowed", called, shown), key.allowed()};
}

template <class Owner>
Result KeyOf<Owner>::set(Owner& owner, std::string_view called, const ConfigValue& value) const {
  const auto* list = std::get_if<ListOf<Owner>>(&kind);
  const auto* text = std::get_if<std::string>(&value);
  if (list != nullptr && text != nullptr) return set_list(owner, *this, called, *text);

  const bool is_set = std::visit([&](const auto& one) { return try_set(owner, one, value); }, kind);
  if (is_set) return {};
  return unexpected(not_allowed(*this, called, value));
}

template <class Owner>
Result KeyOf<Owner>::set_text(Owner& owner, std::string_view called, std::string_view text) const {
  return set(owner, called, read_as(*this, text));
}

template struct KeyOf<Config>;
template struct KeyOf<ServerEntry>;
template struct KeyOf<HostEntry>;
template struct KeyOf<sim::ResourceConfig>;
template struct KeyOf<sim::AnswerConfig>;
template struct KeyOf<sim::InitiatedConfig>;

}  // namespace vmodem::app
