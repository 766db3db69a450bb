#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "dtls/alert.h"
#include "dtls/session.h"
#include "firmware/base/check.h"

namespace vmodem::dtls {
namespace {

struct AlertCause {
  std::uint8_t alert;
  std::string_view cause;
};

constexpr AlertCause kAlertCauses[] = {
    {kAlertCloseNotify, "it gave up, likely over the key or the identity"},
    {kAlertBadRecordMac, "the key is likely wrong"},
    {kAlertHandshakeFailure, "likely no common cipher suite"},
    {kAlertDecryptError, "the key is likely wrong"},
    {kAlertProtocolVersion, "likely no common version"},
    {kAlertUnknownPskIdentity, "it does not know the identity"},
};

// During the handshake; later an alert has no usual cause.
std::string_view likely_cause(std::uint8_t alert) {
  const auto found = std::ranges::find(kAlertCauses, alert, &AlertCause::alert);
  return found == std::end(kAlertCauses) ? "its log may say why" : found->cause;
}

std::string_view what_was_seen(FailureReason reason) {
  switch (reason) {
    case FailureReason::kNoAnswer:
      return "No answer from the peer: wrong address or port, or nobody listens there";
    case FailureReason::kNotDtls:
      return "The peer answered, but not in DTLS: likely a plain CoAP server";
    case FailureReason::kOnlyHelloVerify:
      return "The peer sent HelloVerifyRequest and fell silent: it likely accepts no offered suite";
    case FailureReason::kCookieRefused:
      return "The peer answered our cookie with another HelloVerifyRequest and went no further: our "
             "address may change on the way";
    case FailureReason::kRepeatsAfterFinished:
      return "The peer repeated its hello after our Finished: it likely refuses the key or the "
             "identity";
    case FailureReason::kSilentAfterFinished:
      return "The peer fell silent after our Finished: it likely refuses the key or the identity";
    case FailureReason::kStalled:
      return "The handshake stopped in its middle: nothing more came that carries it on";
    case FailureReason::kAlert:
      return "The peer ended the session with an alert";
    case FailureReason::kProtocol:
      return "The peer broke the protocol, or its key differs from ours";
    case FailureReason::kLocal:
      return "The DTLS library refused our configuration";
  }
  BG_CHECK(false, "a reason is made of the enumerators only");
}

}  // namespace

std::string describe(const Failed& failed) {
  const auto when = failed.after_handshake ? " in the established session" : "";
  const auto seen = what_was_seen(failed.reason);
  if (!failed.alert) return fmt::format("{}{}.", seen, when);

  const auto cause = failed.after_handshake ? "its log may say why" : likely_cause(*failed.alert);
  return fmt::format("{}{} (alert {} {}: {}).", seen, when, *failed.alert,
                     alert_name(*failed.alert), cause);
}

}  // namespace vmodem::dtls
