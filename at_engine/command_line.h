// The grammar of a command line (V.250 §5.2.3 and §5.4): what stands behind the AT, cut into
// commands.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "firmware/base/expected.h"

namespace vmodem::at {

enum class Form : std::uint8_t { kTest, kRead, kWrite, kExecute };

struct Command {
  std::string name;  // upper case: "+QCOAPOPEN", "&F", "E", "S3"
  Form form = Form::kExecute;
  std::string_view parameters;  // kWrite: what stands behind the '='; borrowed from the line
  bool is_basic = false;        // a missing number of a basic command is 0
};

enum class GrammarError : std::uint8_t {
  kNotACommand,  // a character that begins no command
  kBadName,      // a character that no name has, or a name that ends nowhere
  kBadForm,      // something behind '?', or the like
};

// Takes the next command off `rest`; nothing at the end of the line. Commands before an error have
// been given out already: a line runs up to its first error.
[[nodiscard]] Expected<std::optional<Command>, GrammarError> take_command(std::string_view& rest);

}  // namespace vmodem::at
