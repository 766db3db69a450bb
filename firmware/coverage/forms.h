// The forms of a row of the command tables, and which row and form a command line uses.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "at_engine/command.h"
#include "at_engine/command_line.h"

namespace vmodem::coverage {

// A row with a keyword shares its test form with the others of its name; its write form without
// values is its read form.
enum class RowForm : std::uint8_t { kTest, kRead, kWrite, kExecute };
[[nodiscard]] std::string_view name(RowForm form);

[[nodiscard]] std::vector<RowForm> forms_of(const at::CommandSpec& row);
// "AT+QCOAPOPEN", or with the keyword `AT+QCFG="band"`.
[[nodiscard]] std::string subject_of(const at::CommandSpec& row);

// Whether a command uses this row, one of those with its name.
[[nodiscard]] bool uses(const at::Command& command, const at::CommandSpec& row);
// Of a command that uses the row.
[[nodiscard]] RowForm form_of(const at::Command& command, const at::CommandSpec& row);

}  // namespace vmodem::coverage
