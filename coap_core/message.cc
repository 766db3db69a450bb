#include "coap_core/message.h"

#include <fmt/format.h>

#include <algorithm>

#include "firmware/base/check.h"

namespace vmodem::coap {

std::string to_string(Code code) {
  return fmt::format("{}.{:02}", code_class(code), code_detail(code));
}

Token::Token(ByteView octets) : size_(static_cast<std::uint8_t>(octets.size())) {
  BG_CHECK(octets.size() <= kSizeMax, "callers check token lengths first");
  std::ranges::copy(octets, octets_.begin());
}

}  // namespace vmodem::coap
