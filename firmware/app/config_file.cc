#include "firmware/app/config_file.h"

// Within this one source; Debian's shared library would be one more to load at every start.
#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include <algorithm>
#include <sstream>
#include <utility>
#include <vector>

#include "firmware/app/config_keys.h"
#include "firmware/app/text_file.h"

namespace vmodem::app {
namespace {

using Result = Expected<void, ConfigError>;
using Errors = std::vector<ConfigError>;

std::string position(const std::string& file, const toml::source_region& source) {
  return fmt::format("{}:{}:{}", file, source.begin.line, source.begin.column);
}

std::optional<ConfigValue> to_value(const toml::node& node) {
  if (const auto* boolean = node.as_boolean()) return boolean->get();
  if (const auto* integer = node.as_integer()) return integer->get();
  if (const auto* real = node.as_floating_point()) return real->get();
  if (const auto* text = node.as_string()) return text->get();
  return std::nullopt;
}

// Walks one file; sections become the dots of the keys. Goes on behind a mistake.
class Reader {
 public:
  Reader(Config& config, const std::string& file) : config_(config), file_(file) {}

  void read_table(const toml::table& table, const std::string& prefix) {
    for (const auto& [key, node] : table) read_entry(key, node, prefix);
  }

  // In the order of the file.
  [[nodiscard]] std::vector<ConfigError> take_errors() {
    std::ranges::stable_sort(mistakes_, {}, &Mistake::position);
    std::vector<ConfigError> errors;
    for (auto& mistake : mistakes_) errors.push_back(std::move(mistake.error));
    return errors;
  }

 private:
  struct Mistake {
    std::pair<toml::source_index, toml::source_index> position;
    ConfigError error;
  };

  void read_entry(const toml::key& key, const toml::node& node, const std::string& prefix) {
    const auto name = prefix + std::string(key.str());
    // An unquoted name of a host, as coap.me, is a table in a table to TOML.
    if (node.is_table() && (is_section(name) || name.starts_with(kRoutesPrefix))) {
      return read_table(*node.as_table(), name + ".");
    }
    if (node.is_array() && name == "routes") return read_route_list(*node.as_array());
    const auto* known = find_config_key(name);
    if (known == nullptr && !name.starts_with(kRoutesPrefix)) {
      return refuse(unknown_config_key(name), key.source());
    }

    const auto* list = known != nullptr ? std::get_if<ListKey>(&known->kind) : nullptr;
    if (list != nullptr && node.is_array()) return read_list(*known, *list, *node.as_array());
    const auto value = to_value(node);
    if (!value) return refuse_type(name, node);
    check(set_config_value(config_, name, *value), node.source());
  }

  void read_list(const ConfigKey& key, const ListKey& list, const toml::array& array) {
    list.clear(config_);
    for (const auto& node : array) {
      const auto* text = node.as_string();
      if (text == nullptr) return refuse_type(key.name, node);
      check(add_list_element(config_, key, list, text->get()), node.source());
    }
  }

  // routes = ["FROM=TO", …]
  void read_route_list(const toml::array& routes) {
    for (const auto& node : routes) {
      const auto* text = node.as_string();
      if (text == nullptr) return refuse_type("routes", node);
      check(config_.network.routes.add(text->get()), node.source());
    }
  }

  static bool is_section(std::string_view name) {
    const auto prefix = fmt::format("{}.", name);
    return prefix == kRoutesPrefix || std::ranges::any_of(config_keys(), [&](const ConfigKey& key) {
             return key.name.starts_with(prefix);
           });
  }

  void refuse_type(std::string_view name, const toml::node& node) {
    const auto* key = find_config_key(name);
    std::ostringstream type;
    type << node.type();
    refuse(
        {fmt::format("{}: {} is not allowed", name, type.str()),
         key != nullptr ? allowed_values(*key) : "routes in quotes, as \"coap.me=127.0.0.1:5683\""},
        node.source());
  }

  void check(Expected<void, net::SyntaxError> result, const toml::source_region& source) {
    if (!result) refuse(std::move(result.error()), source);
  }

  void refuse(net::SyntaxError error, const toml::source_region& source) {
    mistakes_.push_back(
        {{source.begin.line, source.begin.column},
         {position(file_, source), std::move(error.wrong), std::move(error.right)}});
  }

  Config& config_;
  const std::string& file_;
  std::vector<Mistake> mistakes_;
};

Errors apply_text(Config& config, std::string_view text, const std::string& name) {
  const auto parsed = toml::parse(text, name);
  if (!parsed) {
    const auto& error = parsed.error();
    return {{position(name, error.source()), std::string(error.description()),
             "TOML 1.0 (https://toml.io/en/v1.0.0)"}};
  }
  Reader reader(config, name);
  reader.read_table(parsed.table(), "");
  return reader.take_errors();
}

Expected<std::string, ConfigError> read_text(const std::string& path) {
  auto text = read_text_file(path);
  if (!text) return unexpected(ConfigError{path, text.error(), "a readable TOML file"});
  return std::move(*text);
}

Result first_of(Errors errors) {
  if (errors.empty()) return {};
  return unexpected(std::move(errors.front()));
}

}  // namespace

Result apply_config_text(Config& config, std::string_view text, const std::string& name) {
  return first_of(apply_text(config, text, name));
}

Result apply_config_file(Config& config, const std::string& path) {
  const auto text = read_text(path);
  if (!text) return unexpected(text.error());
  return apply_config_text(config, *text, path);
}

Errors check_config_file(const std::string& path) {
  Config config;
  const auto text = read_text(path);
  return text ? apply_text(config, *text, path) : Errors{text.error()};
}

}  // namespace vmodem::app
