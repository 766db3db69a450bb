// The results of TCP/IP commands, as AT+QIGETERROR and URCs print them (TCP95 Table 2).
#pragma once

#include <string_view>

namespace vmodem::firmware {

enum class SocketError : int {
  kNone = 0,
  kUnknown = 550,
  kInvalidParameters = 552,
  kActivationFailed = 561,
  kDnsBusy = 564,
  kDnsFailed = 565,
  kConnectFailed = 566,
  kBusy = 568,
  kTimeout = 569,
  kContextDeactivated = 570,
  kNotAllowed = 572,
  kAlreadyActive = 574,
};

[[nodiscard]] constexpr int to_number(SocketError error) {
  return static_cast<int>(error);
}
[[nodiscard]] std::string_view text_of(SocketError error);

}  // namespace vmodem::firmware
