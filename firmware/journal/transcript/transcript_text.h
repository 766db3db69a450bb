// Octets in the language of transcripts (docs/cases.md).
#pragma once

#include <string>
#include <string_view>

#include "firmware/base/bytes.h"

namespace vmodem::transcript {

// \r, \n, \\ and \xHH for what does not print; the text between stays as it is.
[[nodiscard]] std::string escape(std::string_view octets);

// As a `udp<` line would write it: header, token, options and payload apart.
[[nodiscard]] std::string to_pattern_text(ByteView datagram);

}  // namespace vmodem::transcript
