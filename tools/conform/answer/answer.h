// A line of an answer by its fields, and which of them are a module's own or the hour's: what two
// devices may tell differently and still answer alike.
//
// In:  the command that was asked, a line of text.
// Out: its fields, and what each of them means where it is volatile.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/conform/answer/volatile_fields.h"

namespace vmodem::conform {

struct Answer {
  std::string_view name;                 // "+CSQ"; empty: a line without one
  std::vector<std::string_view> fields;  // as they stand there, quotes included

  // Commas within quotes and brackets part nothing. Borrows `line`.
  [[nodiscard]] static Answer parse(std::string_view line);
};

// "+CGSN" of "AT+CGSN=1"; of a line of several commands the last one, of a basic command "I".
[[nodiscard]] std::string command_name(std::string_view line);

// What the field `index`, from 0, of an answer means where it is volatile and has the form of that;
// `asked` is the name of the command it answers, or is empty behind its final result.
[[nodiscard]] std::optional<VolatileKind> volatile_kind(std::string_view asked,
                                                        const Answer& answer, std::size_t index);

// The line with a name in place of each volatile field: two that are equal so answer alike.
[[nodiscard]] std::string without_volatile(std::string_view asked, std::string_view line);

}  // namespace vmodem::conform
