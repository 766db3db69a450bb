#include "firmware/app/config_file.h"

// Within this one source; Debian's shared library would be one more to load at every start.
#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <sstream>
#include <system_error>

#include "firmware/app/config_keys.h"

namespace vmodem::app {
namespace {

using Result = Expected<void, ConfigError>;

struct FileCloser {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using FileHandle = std::unique_ptr<std::FILE, FileCloser>;

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

// Walks one file; sections become the dots of the keys.
class Reader {
 public:
  Reader(Config& config, const std::string& file) : config_(config), file_(file) {}

  Result read_table(const toml::table& table, const std::string& prefix) {
    for (const auto& [key, node] : table) {
      auto read = read_entry(key, node, prefix);
      if (!read) return read;
    }
    return {};
  }

 private:
  Result read_entry(const toml::key& key, const toml::node& node, const std::string& prefix) {
    const auto name = prefix + std::string(key.str());
    // An unquoted name of a host, as coap.me, is a table in a table to TOML.
    if (node.is_table() && (is_section(name) || name.starts_with(kRoutesPrefix))) {
      return read_table(*node.as_table(), name + ".");
    }
    if (node.is_array() && name == "routes") return read_route_list(*node.as_array());
    if (find_config_key(name) == nullptr && !name.starts_with(kRoutesPrefix)) {
      return locate(unexpected(unknown_config_key(name)), key.source());
    }

    const auto value = to_value(node);
    if (!value) return refuse_type(name, node);
    return locate(set_config_value(config_, name, *value), node.source());
  }

  // routes = ["FROM=TO", …]
  Result read_route_list(const toml::array& routes) {
    for (const auto& node : routes) {
      const auto* text = node.as_string();
      if (text == nullptr) return refuse_type("routes", node);
      auto added = locate(config_.network.routes.add(text->get()), node.source());
      if (!added) return added;
    }
    return {};
  }

  static bool is_section(std::string_view name) {
    const auto prefix = fmt::format("{}.", name);
    return prefix == kRoutesPrefix || std::ranges::any_of(config_keys(), [&](const ConfigKey& key) {
             return key.name.starts_with(prefix);
           });
  }

  Result refuse_type(std::string_view name, const toml::node& node) {
    const auto* key = find_config_key(name);
    std::ostringstream type;
    type << node.type();
    return unexpected(ConfigError{
        position(file_, node.source()), fmt::format("{}: {} is not allowed", name, type.str()),
        key != nullptr ? allowed_values(*key) : "routes in quotes, as \"coap.me=127.0.0.1:5683\""});
  }

  [[nodiscard]] Result locate(Expected<void, net::SyntaxError> result,
                              const toml::source_region& source) const {
    if (result) return {};
    return unexpected(ConfigError{position(file_, source), std::move(result.error().wrong),
                                  std::move(result.error().right)});
  }

  Config& config_;
  const std::string& file_;
};

}  // namespace

Result apply_config_text(Config& config, std::string_view text, const std::string& name) {
  const auto parsed = toml::parse(text, name);
  if (!parsed) {
    const auto& error = parsed.error();
    return unexpected(ConfigError{position(name, error.source()), std::string(error.description()),
                                  "TOML 1.0 (https://toml.io/en/v1.0.0)"});
  }
  return Reader(config, name).read_table(parsed.table(), "");
}

Result apply_config_file(Config& config, const std::string& path) {
  const FileHandle file(std::fopen(path.c_str(), "re"));
  std::string text;
  std::array<char, 4096> chunk;
  while (file) {
    const auto size = std::fread(chunk.data(), 1, chunk.size(), file.get());
    if (size == 0) break;
    text.append(chunk.data(), size);
  }
  if (!file || std::ferror(file.get()) != 0) {
    const auto why = std::generic_category().message(errno);
    return unexpected(ConfigError{path, "cannot be read: " + why, "a readable TOML file"});
  }
  return apply_config_text(config, text, path);
}

}  // namespace vmodem::app
