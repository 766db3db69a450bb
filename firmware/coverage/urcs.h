// Every URC that the module says, by how it begins.
#pragma once

#include <span>
#include <string_view>

namespace vmodem::coverage {

struct UrcRow {
  std::string_view text;  // whole, or its beginning where it ends in a blank or a comma
  std::span<const std::string_view> values{};  // of the first number behind the text: aspects
  std::string_view help;
  std::string_view source;
};
[[nodiscard]] std::span<const UrcRow> urc_rows();

// Null for a text that no row begins.
[[nodiscard]] const UrcRow* find_urc(std::string_view text);
// "+CEREG" for "+CEREG: ".
[[nodiscard]] std::string_view subject_of(const UrcRow& row);

}  // namespace vmodem::coverage
