#include "firmware/coap/trace_text.h"

#include <fmt/format.h>

#include "firmware/base/check.h"

namespace vmodem::firmware {
namespace {

std::string_view phrase_of(Registration registration) {
  switch (registration) {
    case Registration::kNotSearching:
      return "not registered, not searching";
    case Registration::kHome:
      return "registered at home";
    case Registration::kSearching:
      return "searching for a network";
    case Registration::kDenied:
      return "registration denied";
    case Registration::kUnknown:
      return "out of coverage";
    case Registration::kRoaming:
      return "registered, roaming";
  }
  BG_CHECK(false, "every state has its phrase");
  return {};
}

}  // namespace

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
      return "an unknown critical option";
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

std::string describe(const RegistrationChanged& change, const Operator* serving) {
  const auto phrase = phrase_of(change.registration);
  if (serving == nullptr) return std::string(phrase);
  return fmt::format("{}, {} {}", phrase, serving->numeric, serving->cell.band);
}

std::string describe(const std::optional<Signal>& signal) {
  if (!signal) return "no signal";
  return fmt::format("signal {} dBm, RSRP {} dBm", signal->rssi_dbm, signal->rsrp_dbm);
}

}  // namespace vmodem::firmware
