// The target of a request (RFC 9112 §3.2), decoded.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace vmodem::control {

struct RequestTarget {
  std::string path;  // begins with "/"
  std::map<std::string, std::string> query;
};

// Nothing for what is no target of a server, is escaped wrongly or names a parameter twice.
[[nodiscard]] std::optional<RequestTarget> parse_target(std::string_view text);

}  // namespace vmodem::control
