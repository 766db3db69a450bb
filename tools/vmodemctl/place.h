// Which modem is meant, where nobody says it.
#pragma once

#include <string>

#include "firmware/base/expected.h"
#include "net/listen_address.h"

namespace vmodem::ctl {

// The only socket in XDG_RUNTIME_DIR/vmodem. The error is why there is none, or which there are.
[[nodiscard]] Expected<net::ListenAddress, std::string> only_socket(const char* runtime_directory);

// The first line of a file. The error is one phrase, without what the file holds.
[[nodiscard]] Expected<std::string, std::string> read_token(const std::string& path);

}  // namespace vmodem::ctl
