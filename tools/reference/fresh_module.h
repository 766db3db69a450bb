// What a new module answers: the modem itself is asked, so that the reference cannot differ from
// it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "at_engine/command.h"

namespace vmodem::reference {

// The information lines of an answer up to its OK; nothing where it ends otherwise.
using Answer = std::optional<std::vector<std::string>>;

// The lines of AT+NAME=? that are about this row.
[[nodiscard]] Answer test_answer(const at::CommandSpec& spec);

// What the read form, the query of a tag or the execution says; nothing where there is none.
[[nodiscard]] Answer current_values(const at::CommandSpec& spec);

}  // namespace vmodem::reference
