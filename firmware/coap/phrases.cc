#include "firmware/coap/phrases.h"

#include "firmware/base/check.h"

namespace vmodem::firmware {
std::string_view describe(coap::DropReason reason) {
  switch (reason) {
    case coap::DropReason::kTooShort:
      return "shorter than a CoAP header";
    case coap::DropReason::kUnknownVersion:
      return "not CoAP version 1";
    case coap::DropReason::kFormatError:
      return "message format error";
    case coap::DropReason::kEmptyNonConfirmable:
      return "an empty non-confirmable message";
    case coap::DropReason::kReservedCode:
      return "a code of a reserved class";
    case coap::DropReason::kUnmatchedAck:
      return "an acknowledgement of nothing that is outstanding";
    case coap::DropReason::kUnmatchedReset:
      return "a reset of nothing that is outstanding";
    case coap::DropReason::kInvalidAck:
      return "an acknowledgement that carries a request";
    case coap::DropReason::kDuplicate:
      return "a duplicate";
    case coap::DropReason::kUnknownToken:
      return "a response to no request of this session";
    case coap::DropReason::kTokenMismatch:
      return "a piggybacked response with another request's token";
    case coap::DropReason::kCriticalOption:
      return "a critical option that is unknown, or of requests only";
    case coap::DropReason::kPing:
      return "a ping, answered by a reset";
    case coap::DropReason::kCount:
      break;
  }
  BG_CHECK(false, "every reason has its phrase");
  return {};
}

std::string_view describe(coap::Outcome outcome) {
  switch (outcome) {
    case coap::Outcome::kAcknowledged:
      return "acknowledged";
    case coap::Outcome::kReset:
      return "answered by a reset";
    case coap::Outcome::kTimedOut:
      return "never acknowledged";
    case coap::Outcome::kSent:
      return "handed to the network";
    case coap::Outcome::kNotSent:
      return "refused by the network";
    case coap::Outcome::kSessionEnded:
      return "cut off by the end of its session";
    case coap::Outcome::kMessageIdInUse:
      return "its message ID is in flight already";
  }
  BG_CHECK(false, "every outcome has its phrase");
  return {};
}

}  // namespace vmodem::firmware
