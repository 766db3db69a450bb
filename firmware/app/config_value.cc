#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <vector>

#include "firmware/app/config_keys.h"
#include "firmware/app/config_texts.h"
#include "firmware/base/duration_text.h"
#include "firmware/base/overloaded.h"

namespace vmodem::app {
namespace {

using net::SyntaxError;
using Result = Expected<void, SyntaxError>;

std::string to_text(const ConfigValue& value) {
  return std::visit(Overloaded{[](bool v) { return std::string(v ? "true" : "false"); },
                               [](const std::string& v) { return fmt::format("\"{}\"", v); },
                               [](auto v) { return fmt::format("{}", v); }},
                    value);
}

bool try_set(Config& config, const BooleanKey& key, const ConfigValue& value) {
  const auto* boolean = std::get_if<bool>(&value);
  if (boolean == nullptr) return false;
  key.set(config, *boolean);
  return true;
}

bool try_set(Config& config, const IntegerKey& key, const ConfigValue& value) {
  const auto* integer = std::get_if<std::int64_t>(&value);
  if (integer == nullptr) return false;
  if ((*integer < key.min || *integer > key.max) && *integer != key.also) return false;
  key.set(config, *integer);
  return true;
}

bool try_set(Config& config, const NumberKey& key, const ConfigValue& value) {
  const auto* integer = std::get_if<std::int64_t>(&value);
  const auto* real = std::get_if<double>(&value);
  if (integer == nullptr && real == nullptr) return false;

  const double number = real != nullptr ? *real : static_cast<double>(*integer);
  if (!(number >= key.min && number <= key.max)) return false;  // this way round NaN is refused too
  key.set(config, number);
  return true;
}

bool try_set(Config& config, const WordKey& key, const ConfigValue& value) {
  const auto* word = std::get_if<std::string>(&value);
  if (word == nullptr) return false;
  const auto found = std::ranges::find(key.words, *word);
  if (found == key.words.end()) return false;
  key.set(config, static_cast<std::size_t>(found - key.words.begin()));
  return true;
}

bool try_set(Config& config, const TextKey& key, const ConfigValue& value) {
  const auto* given = std::get_if<std::string>(&value);
  if (given == nullptr) return false;
  std::string text = *given;
  if (!key.accept(text)) return false;
  key.set(config, std::move(text));
  return true;
}

bool try_set(Config& config, const DurationKey& key, const ConfigValue& value) {
  const auto* text = std::get_if<std::string>(&value);
  if (text != nullptr && !key.absent.empty() && *text == key.absent) {
    key.set(config, std::nullopt);
    return true;
  }
  const auto duration = text != nullptr ? parse_duration(*text) : std::nullopt;
  if (!duration || *duration < key.min || *duration > key.max) return false;
  key.set(config, *duration);
  return true;
}

// Texts are taken apart by set_list(), nothing else is a list.
bool try_set(Config&, const ListKey&, const ConfigValue&) {
  return false;
}

Result set_list(Config& config, const ConfigKey& key, const ListKey& list, std::string_view text) {
  auto changed = config;
  list.clear(changed);
  auto rest = trimmed(text);
  while (!rest.empty()) {
    const auto end = rest.find(list.separator);
    auto added = add_list_element(changed, key, list, trimmed(rest.substr(0, end)));
    if (!added) return added;
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  }
  config = std::move(changed);
  return {};
}

std::string allowed_integers(const IntegerKey& key) {
  const auto* dash = key.min < 0 ? " to " : "–";
  auto text = fmt::format("an integer, {}{}{}", key.min, dash, key.max);
  return key.also ? fmt::format("{} or {}", text, *key.also) : text;
}

template <class Number>
std::optional<Number> parse_number(std::string_view text) {
  Number number{};
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// Text that does not fit the key's type stays text, which the key then refuses by name.
ConfigValue read_as(const ConfigKey& key, std::string_view text) {
  if (std::holds_alternative<BooleanKey>(key.kind) && (text == "true" || text == "false")) {
    return text == "true";
  }
  if (std::holds_alternative<IntegerKey>(key.kind)) {
    if (const auto integer = parse_number<std::int64_t>(text)) return *integer;
  }
  if (std::holds_alternative<NumberKey>(key.kind)) {
    if (const auto number = parse_number<double>(text)) return *number;
  }
  return std::string(text);
}

Result set_route(Config& config, std::string_view name, const ConfigValue& value) {
  const auto* to = std::get_if<std::string>(&value);
  if (to == nullptr) {
    return unexpected(SyntaxError{fmt::format("{}: {} is not allowed", name, to_text(value)),
                                  "an address and a port in quotes, as \"127.0.0.1:5683\""});
  }
  auto added = config.network.routes.add(name.substr(kRoutesPrefix.size()), *to);
  if (added) return {};
  return unexpected(SyntaxError{fmt::format("{}: {}", name, added.error().wrong),
                                std::move(added.error().right)});
}

}  // namespace

SyntaxError unknown_config_key(std::string_view name) {
  const auto section = name.substr(0, name.rfind('.') + 1);  // with its dot; empty at the top level
  std::vector<std::string_view> names;
  for (const auto& key : config_keys()) {
    if (!section.empty() && key.name.starts_with(section)) names.push_back(key.name);
  }
  if (names.empty()) {
    for (const auto& key : config_keys()) names.push_back(key.name);
    names.push_back("routes.FROM");
  }
  return {fmt::format("unknown key \"{}\"", name),
          fmt::format("one of {}", fmt::join(names, ", "))};
}

std::string allowed_values(const ConfigKey& key) {
  return std::visit(
      Overloaded{
          [](const BooleanKey&) { return std::string("true or false"); },
          [](const IntegerKey& k) { return allowed_integers(k); },
          [](const NumberKey& k) {
            return fmt::format("a number, {:.1f}{}{:.1f}", k.min, k.min < 0 ? " to " : "–", k.max);
          },
          [](const WordKey& k) { return fmt::format("one of {}", fmt::join(k.words, ", ")); },
          [](const TextKey& k) { return k.allowed(); },
          [](const DurationKey& k) {
            auto text = fmt::format("a duration, {}–{}, as 3s or 250ms", duration_text(k.min),
                                    duration_text(k.max));
            return k.absent.empty() ? text : fmt::format("{}, or {}", text, k.absent);
          },
          [](const ListKey& k) { return k.allowed(); }},
      key.kind);
}

std::string value_text(const ConfigKey& key, const Config& config) {
  return std::visit(
      Overloaded{[&](const BooleanKey& k) { return std::string(k.get(config) ? "true" : "false"); },
                 [&](const IntegerKey& k) {
                   const auto value = k.get(config);
                   return value ? fmt::format("{}", *value) : std::string();
                 },
                 [&](const NumberKey& k) { return fmt::format("{}", k.get(config)); },
                 [&](const WordKey& k) { return std::string(k.words[k.get(config)]); },
                 [&](const TextKey& k) { return k.get(config); },
                 [&](const DurationKey& k) {
                   const auto value = k.get(config);
                   return value ? duration_text(*value) : std::string(k.absent);
                 },
                 [&](const ListKey& k) {
                   const auto separator = fmt::format("{} ", k.separator);
                   return fmt::format("{}", fmt::join(k.get(config), separator));
                 }},
      key.kind);
}

Result add_list_element(Config& config, const ConfigKey& key, const ListKey& list,
                        std::string_view element) {
  if (list.add(config, element)) return {};
  return unexpected(SyntaxError{fmt::format("{}: \"{}\" is not allowed", key.name, element),
                                allowed_values(key)});
}

Result set_config_value(Config& config, std::string_view name, const ConfigValue& value) {
  if (name.starts_with(kRoutesPrefix)) return set_route(config, name, value);

  const auto* key = find_config_key(name);
  if (key == nullptr) return unexpected(unknown_config_key(name));

  const auto* list = std::get_if<ListKey>(&key->kind);
  const auto* text = std::get_if<std::string>(&value);
  if (list != nullptr && text != nullptr) return set_list(config, *key, *list, *text);
  const bool is_set =
      std::visit([&](const auto& kind) { return try_set(config, kind, value); }, key->kind);
  if (is_set) return {};
  return unexpected(SyntaxError{fmt::format("{}: {} is not allowed", name, to_text(value)),
                                allowed_values(*key)});
}

Result set_config_text(Config& config, std::string_view name, std::string_view text) {
  const auto* key = find_config_key(name);
  return set_config_value(config, name, key == nullptr ? std::string(text) : read_as(*key, text));
}

}  // namespace vmodem::app
