#include "firmware/internet/socket_error.h"

#include "firmware/base/check.h"

namespace vmodem::firmware {

std::string_view text_of(SocketError error) {
  switch (error) {
    case SocketError::kNone:
      return "operate successfully";
    case SocketError::kUnknown:
      return "unknown error";
    case SocketError::kInvalidParameters:
      return "invalid parameters";
    case SocketError::kActivationFailed:
      return "Activate pdp context failed";
    case SocketError::kDnsBusy:
      return "dns busy";
    case SocketError::kDnsFailed:
      return "dns failed";
    case SocketError::kConnectFailed:
      return "socket connect failed";
    case SocketError::kBusy:
      return "operation busy";
    case SocketError::kTimeout:
      return "operation timeout";
    case SocketError::kContextDeactivated:
      return "pdp context deactivated";
    case SocketError::kNotAllowed:
      return "operation not allowed";
    case SocketError::kAlreadyActive:
      return "pdp has been actived";
  }
  BG_CHECK(false, "every error has its text");
  return {};
}

}  // namespace vmodem::firmware
