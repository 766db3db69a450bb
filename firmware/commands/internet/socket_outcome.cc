#include "firmware/commands/internet/socket_outcome.h"

#include <utility>

#include "firmware/services.h"

namespace vmodem::firmware {

at::Outcome refuse(at::Services& services, SocketError why) {
  services.internet.set_last_error(why);
  return at::error();
}

at::Outcome accept(at::Services& services, at::Response answer) {
  services.internet.set_last_error(SocketError::kNone);
  return answer;
}

void note_invalid_parameters(at::Services& services) {
  services.internet.set_last_error(SocketError::kInvalidParameters);
}

}  // namespace vmodem::firmware
