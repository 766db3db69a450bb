#include "firmware/coap/result_code.h"

#include "firmware/base/check.h"

namespace vmodem::firmware {
namespace {

ResultCode result_of(FullQueue full_queue) {
  switch (full_queue) {
    case FullQueue::kOutOfMemory:
      return ResultCode::kOutOfMemory;
    case FullQueue::kInProcessing:
      return ResultCode::kInProcessing;
    case FullQueue::kNotAllowed:
      return ResultCode::kNotAllowed;
  }
  BG_CHECK(false, "every reading of a full queue has its code");
  return ResultCode::kOutOfMemory;
}

}  // namespace

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

ResultCode result_of(coap::SendError error, FullQueue full_queue) {
  switch (error) {
    case coap::SendError::kQueueFull:
      return result_of(full_queue);
  }
  BG_CHECK(false, "every send error has its code");
  return ResultCode::kOutOfMemory;
}

ResultCode result_of(const dtls::Failed& failed, DeadDtlsPort dead_port) {
  const bool is_dead = failed.reason == dtls::FailureReason::kNoAnswer;
  return is_dead && dead_port == DeadDtlsPort::kSocketFailure ? ResultCode::kSocketFailure
                                                              : ResultCode::kDtlsFailure;
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
