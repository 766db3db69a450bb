// The one table of configuration keys. --set, the file of --config, error messages and the key list
// of --help come from it. What there may be many of has tables of its own (internet_keys.h).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "firmware/base/expected.h"
#include "firmware/configuration/config.h"
#include "firmware/configuration/schema/key.h"

namespace vmodem::app {

using BooleanKey = BooleanOf<Config>;
using IntegerKey = IntegerOf<Config>;
using NumberKey = NumberOf<Config>;
using WordKey = WordOf<Config>;
using TextKey = TextOf<Config>;
using DurationKey = DurationOf<Config>;
using ListKey = ListOf<Config>;
using ConfigKey = KeyOf<Config>;

[[nodiscard]] std::span<const ConfigKey> config_keys();
// Null for a name that is no key.
[[nodiscard]] const ConfigKey* find_config_key(std::string_view name);

// "an integer, 1–8".
[[nodiscard]] inline std::string allowed_values(const ConfigKey& key) {
  return key.allowed();
}
// Of a section that says what the module is, in a transcript too; what else vmodem can be told
// belongs to the run.
[[nodiscard]] bool is_module_key(std::string_view name);
// It says where a run is told and heard, which belongs to the program and not to the run.
[[nodiscard]] bool is_program_key(std::string_view name);
// The value in `config` as --set takes it; empty where there is none.
[[nodiscard]] inline std::string value_text(const ConfigKey& key, const Config& config) {
  return key.text(config);
}

// What is wrong with a name that find_config_key() does not know, and which names there are near
// it.
[[nodiscard]] net::SyntaxError unknown_config_key(std::string_view name);

// Keys that begin with this lead to the routes: "routes.FROM" takes TO.
inline constexpr std::string_view kRoutesPrefix = "routes.";
// What is wrong with one more route from the same FROM in one place.
[[nodiscard]] net::SyntaxError second_route(std::string_view from);

// `name` is a key of the table, "routes.FROM", or a key of a server or host that is there (see
// internet_keys.h). The error says what is wrong with the name or the value; it begins with the
// name.
[[nodiscard]] Expected<void, net::SyntaxError> set_config_value(Config& config,
                                                                std::string_view name,
                                                                const ConfigValue& value);
// The same from the text of --set, read as the key's type.
[[nodiscard]] Expected<void, net::SyntaxError> set_config_text(Config& config,
                                                               std::string_view name,
                                                               std::string_view text);

}  // namespace vmodem::app
