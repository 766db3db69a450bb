#include "coap_core/message.h"

#include <fmt/format.h>

namespace vmodem::coap {

std::string to_string(Code code) {
  return fmt::format("{}.{:02}", code_class(code), code_detail(code));
}

}  // namespace vmodem::coap
