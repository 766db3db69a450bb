// Entries as JSON (RFC 8259), one object a line, and what a program may rely on in it.
#pragma once

#include <optional>
#include <string>

#include "firmware/journal/journal.h"

namespace vmodem::journal {

// Appends {"number":…,"at":…,"because":…,"kind":…} with the event's fields behind, without a line
// end. `at` is in seconds; `because` is null where nothing in the journal caused it. `wall` is the
// wall's time, where somebody knows it.
void append_json(std::string& text, const Entry& entry,
                 std::optional<CalendarTime> wall = std::nullopt);
[[nodiscard]] std::string to_json(const Entry& entry);

// A JSON Schema (2020-12) of one line.
[[nodiscard]] std::string json_schema();

// Appends `text` as a JSON string with its quotes; what is no UTF-8 becomes U+FFFD.
void append_json_string(std::string& json, std::string_view text);

}  // namespace vmodem::journal
