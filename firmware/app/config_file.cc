#include "firmware/app/config_file.h"

// Within this one source; Debian's shared library would be one more to load at every start.
#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
// Version 3.3 asserts what it then checks and reports, as that a key follows "[".
#define TOML_ASSERT(expr) static_cast<void>(0)
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <sstream>
#include <system_error>
#include <utility>
#include <vector>

#include "firmware/app/config_reader.h"
#include "firmware/app/config_tree.h"
#include "firmware/app/toml_characters.h"

namespace vmodem::app {
namespace {

using Result = Expected<void, ConfigError>;
using Errors = std::vector<ConfigError>;

struct FileCloser {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using FileHandle = std::unique_ptr<std::FILE, FileCloser>;

constexpr const char* kToml = "TOML 1.0 (https://toml.io/en/v1.0.0)";
constexpr std::size_t kFileSizeMax = 4U << 20;

FilePosition position_of(const toml::source_region& source) {
  return {source.begin.line, source.begin.column};
}

std::string name_of(toml::node_type type) {
  std::ostringstream name;
  name << type;
  return name.str();
}

ConfigNode to_node(const toml::node& node);

ConfigNode::Table to_table(const toml::table& table) {
  ConfigNode::Table entries;
  for (const auto& [key, node] : table) {
    entries.push_back({std::string(key.str()), position_of(key.source()), to_node(node)});
  }
  // TOML++ sorts by name.
  std::ranges::stable_sort(entries, {}, &ConfigEntry::at);
  return entries;
}

ConfigNode::Array to_array(const toml::array& array) {
  ConfigNode::Array nodes;
  for (const auto& node : array) nodes.push_back(to_node(node));
  return nodes;
}

ConfigNode to_node(const toml::node& node) {
  ConfigNode made{position_of(node.source()), name_of(node.type()), {}};
  if (const auto* boolean = node.as_boolean()) made.content = ConfigValue(boolean->get());
  if (const auto* integer = node.as_integer()) made.content = ConfigValue(integer->get());
  if (const auto* real = node.as_floating_point()) made.content = ConfigValue(real->get());
  if (const auto* text = node.as_string()) made.content = ConfigValue(text->get());
  if (const auto* table = node.as_table()) made.content = to_table(*table);
  if (const auto* array = node.as_array()) made.content = to_array(*array);
  return made;
}

// TOML++ shows a number that it cannot hold; it may be a key that lacks its quotes.
std::string without_numbers(std::string_view description) {
  std::string text;
  for (;;) {
    const auto number = description.find('\'');
    const auto end = number == std::string_view::npos ? number : description.find('\'', number + 1);
    if (end == std::string_view::npos) return text.append(description);
    const auto shown = description.substr(number + 1, end - number - 1);
    const bool is_number = shown.find_first_of("0123456789") != std::string_view::npos;
    text.append(description.substr(0, number))
        .append(is_number ? "it" : description.substr(number, end + 1 - number));
    description.remove_prefix(end + 1);
  }
}

Errors apply_text(Config& config, std::string_view text, const std::string& name) {
  Mistakes mistakes;
  if (const auto foreign = find_foreign_character(text)) {
    mistakes.add(*foreign, {"a character that is no ASCII, outside quotes and comments", kToml});
    return mistakes.errors(name);
  }
  const auto parsed = toml::parse(text, name);
  if (!parsed) {
    const auto& error = parsed.error();
    mistakes.add(position_of(error.source()), {without_numbers(error.description()), kToml});
    return mistakes.errors(name);
  }
  read_config(config, to_table(parsed.table()), mistakes);
  return mistakes.errors(name);
}

Expected<std::string, ConfigError> read_text(const std::string& path) {
  const FileHandle file(std::fopen(path.c_str(), "re"));
  std::string text;
  std::array<char, 4096> chunk;
  while (file && text.size() <= kFileSizeMax) {
    const auto size = std::fread(chunk.data(), 1, chunk.size(), file.get());
    if (size == 0) break;
    text.append(chunk.data(), size);
  }
  if (!file || std::ferror(file.get()) != 0) {
    const auto why = std::generic_category().message(errno);
    return unexpected(ConfigError{path, "cannot be read: " + why, "a readable TOML file"});
  }
  if (text.size() > kFileSizeMax) {
    return unexpected(ConfigError{path, "is too large", "a file of at most 4 MiB"});
  }
  return text;
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
