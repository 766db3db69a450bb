// A configuration file as a tree of values, each with its place in the file.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "firmware/configuration/schema/key.h"

namespace vmodem::app {

struct FilePosition {
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  friend auto operator<=>(const FilePosition&, const FilePosition&) = default;
};

struct ConfigEntry;

struct ConfigNode {
  using Table = std::vector<ConfigEntry>;  // in the order of the file
  using Array = std::vector<ConfigNode>;
  struct Date {};  // which no key takes

  FilePosition at;
  std::string type;  // "integer", as TOML calls it
  std::variant<Date, ConfigValue, Table, Array> content;

  [[nodiscard]] const ConfigValue* value() const { return std::get_if<ConfigValue>(&content); }
  [[nodiscard]] const Table* table() const { return std::get_if<Table>(&content); }
  [[nodiscard]] const Array* array() const { return std::get_if<Array>(&content); }
  [[nodiscard]] const std::string* text() const {
    return value() == nullptr ? nullptr : std::get_if<std::string>(value());
  }
};

struct ConfigEntry {
  std::string key;
  FilePosition at;
  ConfigNode node;
};

}  // namespace vmodem::app
