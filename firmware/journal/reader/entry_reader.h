// One line as an entry.
#pragma once

#include <string>
#include <string_view>

#include "firmware/base/expected.h"
#include "firmware/journal/reader/field_reader.h"
#include "firmware/journal/reader/journal_reader.h"

namespace vmodem::journal {

// The error says what is wrong with the line. A cause is an entry before.
[[nodiscard]] Expected<ReadEntry, std::string> read_entry(std::string_view line, Words& words);

}  // namespace vmodem::journal
