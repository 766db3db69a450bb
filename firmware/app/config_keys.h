// The one table of configuration keys. --set, the file of --config, error messages and the key list
// of --help come from it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "firmware/app/config.h"
#include "firmware/base/expected.h"
#include "firmware/base/time.h"

namespace vmodem::app {

// What a TOML file can hold for one key.
using ConfigValue = std::variant<bool, std::int64_t, double, std::string>;

struct BooleanKey {
  bool (*get)(const Config&);
  void (*set)(Config&, bool);
};
struct IntegerKey {
  std::int64_t min;
  std::int64_t max;
  std::optional<std::int64_t> (*get)(const Config&);
  void (*set)(Config&, std::int64_t);
  std::optional<std::int64_t> also;  // one more value, beyond the range
};
struct NumberKey {
  double min;
  double max;
  double (*get)(const Config&);
  void (*set)(Config&, double);
};
// An enumeration by its words, in the order of the enumerators.
struct WordKey {
  std::span<const std::string_view> words;
  std::size_t (*get)(const Config&);
  void (*set)(Config&, std::size_t);
};
struct TextKey {
  std::string (*allowed)();
  // False for text that is not allowed; may rewrite it to its canonical form.
  bool (*accept)(std::string& text);
  std::string (*get)(const Config&);
  void (*set)(Config&, std::string);
};
// Text as "3s" or "250ms".
struct DurationKey {
  Duration min;
  Duration max;
  std::optional<Duration> (*get)(const Config&);
  void (*set)(Config&, std::optional<Duration>);
  std::string_view absent;  // the word for no duration; empty: there has to be one
};
// Several texts in order: a list in a file, or there and in --set one text with separators.
struct ListKey {
  char separator;
  std::string (*allowed)();
  void (*clear)(Config&);
  // False for text that is not allowed behind what is there.
  bool (*add)(Config&, std::string_view element);
  std::vector<std::string> (*get)(const Config&);
};

struct ConfigKey {
  std::string_view name;  // "section.key", or "key" at the top level
  std::variant<BooleanKey, IntegerKey, NumberKey, WordKey, TextKey, DurationKey, ListKey> kind;
  std::string_view comment;  // one sentence
};

[[nodiscard]] std::span<const ConfigKey> config_keys();
// Null for a name that is no key.
[[nodiscard]] const ConfigKey* find_config_key(std::string_view name);

// "an integer, 1–8".
[[nodiscard]] std::string allowed_values(const ConfigKey& key);
// The value in `config` as --set takes it; empty where there is none.
[[nodiscard]] std::string value_text(const ConfigKey& key, const Config& config);

// What is wrong with a name that find_config_key() does not know, and which names there are near
// it.
[[nodiscard]] net::SyntaxError unknown_config_key(std::string_view name);

// Keys that begin with this lead to the routes: "routes.FROM" takes TO.
inline constexpr std::string_view kRoutesPrefix = "routes.";

// `name` is a key of the table or "routes.FROM". The error says what is wrong with the name or the
// value; it begins with the name.
[[nodiscard]] Expected<void, net::SyntaxError> set_config_value(Config& config,
                                                                std::string_view name,
                                                                const ConfigValue& value);
// One element more behind those of `list`, which is the kind of `key`.
[[nodiscard]] Expected<void, net::SyntaxError> add_list_element(Config& config,
                                                                const ConfigKey& key,
                                                                const ListKey& list,
                                                                std::string_view element);
// The same as set_config_value() from the text of --set, read as the key's type.
[[nodiscard]] Expected<void, net::SyntaxError> set_config_text(Config& config,
                                                               std::string_view name,
                                                               std::string_view text);

}  // namespace vmodem::app
