// One key of the configuration: what it is called, what it may hold and which member of its owner
// it sets. The owner is the whole configuration, or one of the things of which there are many.
//
// In:  rows of keys, a tree of values.
// Out: members set, mistakes with their places.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "firmware/base/expected.h"
#include "firmware/base/time.h"
#include "net/endpoint.h"

namespace vmodem::app {

// What a TOML file can hold for one key.
using ConfigValue = std::variant<bool, std::int64_t, double, std::string>;

template <class Owner>
struct BooleanOf {
  bool (*get)(const Owner&);
  void (*set)(Owner&, bool);
};
template <class Owner>
struct IntegerOf {
  std::int64_t min;
  std::int64_t max;
  std::optional<std::int64_t> (*get)(const Owner&);
  void (*set)(Owner&, std::int64_t);
  std::optional<std::int64_t> also;  // one more value, beyond the range
};
template <class Owner>
struct NumberOf {
  double min;
  double max;
  double (*get)(const Owner&);
  void (*set)(Owner&, double);
};
// An enumeration by its words, in the order of the enumerators.
template <class Owner>
struct WordOf {
  std::span<const std::string_view> words;
  std::size_t (*get)(const Owner&);
  void (*set)(Owner&, std::size_t);
};
template <class Owner>
struct TextOf {
  std::string (*allowed)();
  // False for text that is not allowed; may rewrite it to its canonical form.
  bool (*accept)(std::string& text);
  std::string (*get)(const Owner&);
  void (*set)(Owner&, std::string);
  // The names of which it is one; null: other text.
  std::vector<std::string_view> (*names)() = nullptr;
  bool is_secret = false;  // no message shows what was written
};
// Text as "3s" or "250ms".
template <class Owner>
struct DurationOf {
  Duration min;
  Duration max;
  std::optional<Duration> (*get)(const Owner&);
  void (*set)(Owner&, std::optional<Duration>);
  std::string_view absent;  // the word for no duration; empty: there has to be one
};

inline constexpr char kNoSeparator = '\0';
inline constexpr std::size_t kListCountMax = 256;

// Several texts in order: a list in a file, or there and in --set one text with separators.
template <class Owner>
struct ListOf {
  char separator;  // kNoSeparator: one text is one element
  std::string (*allowed)();
  void (*clear)(Owner&);
  // False for text that is not allowed behind what is there.
  bool (*add)(Owner&, std::string_view element);
  std::vector<std::string> (*get)(const Owner&);
  std::size_t count_max = kListCountMax;
  bool is_secret = false;  // no message shows what was written
  // What is wrong with text that add() has refused; null: only that it is not allowed.
  std::optional<net::SyntaxError> (*why)(const Owner&, std::string_view element) = nullptr;
};

template <class Owner>
struct KeyOf {
  using Set = Expected<void, net::SyntaxError>;

  std::string_view name;  // "section.key", or "key" at the top level
  std::variant<BooleanOf<Owner>, IntegerOf<Owner>, NumberOf<Owner>, WordOf<Owner>, TextOf<Owner>,
               DurationOf<Owner>, ListOf<Owner>>
      kind;
  std::string_view comment;  // one sentence
  bool comes_first = false;  // of its section, wherever it stands there

  // "an integer, 1–8".
  [[nodiscard]] std::string allowed() const;
  // The value as --set takes it; empty where there is none.
  [[nodiscard]] std::string text(const Owner& owner) const;
  // The value as TOML writes it; empty where there is none.
  [[nodiscard]] std::string literal(const Owner& owner) const;

  // `called` is the key's name in messages, which begin with it.
  [[nodiscard]] Set set(Owner& owner, std::string_view called, const ConfigValue& value) const;
  // From the text of --set, read as the key's type.
  [[nodiscard]] Set set_text(Owner& owner, std::string_view called, std::string_view text) const;
  // One element more behind those of `list`, which is this key's kind.
  [[nodiscard]] Set add_element(Owner& owner, const ListOf<Owner>& list, std::string_view called,
                                std::string_view element) const;
};

// Null for a name that is no key of `keys`.
template <class Owner>
[[nodiscard]] const KeyOf<Owner>* find_key(std::span<const KeyOf<Owner>> keys,
                                           std::string_view name) {
  for (const auto& key : keys) {
    if (key.name == name) return &key;
  }
  return nullptr;
}

// The names in the section that `name` is in; all of `keys` where there is none such.
template <class Owner>
[[nodiscard]] std::vector<std::string_view> names_of(std::span<const KeyOf<Owner>> keys,
                                                     std::string_view name) {
  const auto section = name.substr(0, name.rfind('.') + 1);  // with its dot; empty at the top level
  std::vector<std::string_view> near;
  std::vector<std::string_view> all;
  for (const auto& key : keys) {
    if (!section.empty() && key.name.starts_with(section)) near.push_back(key.name);
    all.push_back(key.name);
  }
  return near.empty() ? all : near;
}

// What is wrong with a name that is none of `names`; `prefix` stands in front of all of them.
[[nodiscard]] net::SyntaxError unknown_key(std::string_view prefix, std::string_view name,
                                           std::span<const std::string_view> names);
// What is wrong with a list of more than `count_max` elements.
[[nodiscard]] net::SyntaxError too_many(std::string_view called, std::size_t count_max);
// A string of TOML 1.0.
[[nodiscard]] std::string in_quotes(std::string_view text);
// A part of a key of TOML 1.0, in quotes where it needs them.
[[nodiscard]] std::string key_literal(std::string_view name);

}  // namespace vmodem::app
