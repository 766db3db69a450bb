// Where simulated servers answer others than the module, as a person writes it.
#pragma once

#include <string>
#include <string_view>

#include "firmware/base/expected.h"
#include "net/endpoint.h"

namespace vmodem::app {

struct ServingText {
  std::string host;  // of the simulated internet; empty: which one is not said
  net::Endpoint at;  // port 0: any that is free

  friend bool operator==(const ServingText&, const ServingText&) = default;
};

// "ADDRESS:PORT" and "HOST=ADDRESS:PORT"; ADDRESS may be "localhost" and is in brackets where it is
// of IPv6.
[[nodiscard]] Expected<ServingText, net::SyntaxError> parse_serving(std::string_view text);
[[nodiscard]] std::string to_string(const ServingText& serving);
[[nodiscard]] std::string allowed_serving();

}  // namespace vmodem::app
