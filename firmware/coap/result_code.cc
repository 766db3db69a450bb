#include "firmware/coap/result_code.h"

#include "firmware/base/check.h"

namespace vmodem::firmware {

ResultCode result_of(TransportError error) {
  switch (error) {
    case TransportError::kNameNotResolved:
      return ResultCode::kDnsError;
    case TransportError::kUnreachable:
      return ResultCode::kSocketFailure;
  }
  BG_CHECK(false, "every transport error has its code");
  return ResultCode::kSocketFailure;
}

ResultCode result_of(coap::SendError error) {
  switch (error) {
    case coap::SendError::kQueueFull:
      return ResultCode::kOutOfMemory;
  }
  BG_CHECK(false, "every send error has its code");
  return ResultCode::kOutOfMemory;
}

ResultCode result_of(coap::Outcome outcome, coap::Code code) {
  switch (outcome) {
    case coap::Outcome::kAcknowledged:
    case coap::Outcome::kSent:
      return ResultCode::kSuccess;
    case coap::Outcome::kReset:
      return coap::is_empty(code) ? ResultCode::kSuccess : ResultCode::kSendFailure;
    case coap::Outcome::kTimedOut:
    case coap::Outcome::kNotSent:
    case coap::Outcome::kSessionEnded:
      return ResultCode::kSendFailure;
    case coap::Outcome::kMessageIdInUse:
      return ResultCode::kNotAllowed;
  }
  BG_CHECK(false, "every outcome has its code");
  return ResultCode::kSendFailure;
}

}  // namespace vmodem::firmware
