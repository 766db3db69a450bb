#include "dtls/alert.h"
#include "dtls/handshake_watch.h"
#include "dtls/session.h"
#include "firmware/base/hex.h"
#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::dtls;

namespace {

Bytes octets(std::string_view hex) {
  return from_hex(hex).value();
}

// type, version, epoch and sequence number, length, fragment
const Bytes kHelloVerify = octets(
    "16"
    "feff"
    "0000000000000000"
    "0003"
    "030000");
const Bytes kServerHello = octets(
    "16"
    "fefd"
    "0000000000000001"
    "0003"
    "020000");
const Bytes kFinished = octets(
    "16"
    "fefd"
    "0001000000000000"
    "0003"
    "5ea1ed");
const Bytes kChangeCipherSpec = octets(
    "14"
    "fefd"
    "0000000000000002"
    "0001"
    "01");
const Bytes kAlert = octets(
    "15"
    "fefd"
    "0000000000000003"
    "0002"
    "0228");

Bytes joined(const Bytes& first, const Bytes& second) {
  auto both = first;
  both.insert(both.end(), second.begin(), second.end());
  return both;
}

}  // namespace

TEST_CASE("the reason for silence follows from what was received and sent") {
  HandshakeWatch watch;
  CHECK(watch.silence_reason() == FailureReason::kNoAnswer);
  watch.note_received(octets("70001234"));
  CHECK(watch.silence_reason() == FailureReason::kNotDtls);
  watch.note_received(kHelloVerify);
  CHECK(watch.silence_reason() == FailureReason::kOnlyHelloVerify);
  watch.note_received(kServerHello);
  CHECK(watch.silence_reason() == FailureReason::kStalled);
  watch.note_sent(joined(kChangeCipherSpec, kFinished));
  CHECK(watch.silence_reason() == FailureReason::kSilentAfterFinished);
  watch.note_received(kServerHello);
  CHECK(watch.silence_reason() == FailureReason::kRepeatsAfterFinished);
  watch.note_received(kChangeCipherSpec);
  CHECK(watch.silence_reason() == FailureReason::kStalled);
}

TEST_CASE("all records of one datagram are looked at") {
  HandshakeWatch watch;
  watch.note_received(joined(kHelloVerify, kAlert));
  CHECK(watch.silence_reason() == FailureReason::kStalled);
  CHECK(watch.alert() == kAlertHandshakeFailure);
}

TEST_CASE("an encrypted alert has no readable description") {
  HandshakeWatch watch;
  watch.note_received(
      octets("15"
             "fefd"
             "0001000000000003"
             "0002"
             "0228"));
  CHECK_FALSE(watch.alert());
}

TEST_CASE("a failure is described by what was seen, the alert's name and the likely cause") {
  const auto sentence = [](FailureReason reason, std::optional<std::uint8_t> alert = {}) {
    return describe(Failed{reason, alert, false});
  };
  CHECK(sentence(FailureReason::kNoAnswer) ==
        "No answer from the peer: wrong address or port, or nobody listens there.");
  CHECK(sentence(FailureReason::kNotDtls) ==
        "The peer answered, but not in DTLS: likely a plain CoAP server.");
  CHECK(sentence(FailureReason::kOnlyHelloVerify) ==
        "The peer sent HelloVerifyRequest and fell silent: it likely accepts no offered suite.");
  CHECK(sentence(FailureReason::kSilentAfterFinished) ==
        "The peer fell silent after our Finished: it likely refuses the key or the identity.");
  CHECK(sentence(FailureReason::kStalled) ==
        "The handshake stopped in its middle: nothing more came that carries it on.");
  CHECK(sentence(FailureReason::kCookieRefused) ==
        "The peer answered our cookie with another HelloVerifyRequest and went no further: our "
        "address may change on the way.");
  CHECK(sentence(FailureReason::kRepeatsAfterFinished) ==
        "The peer repeated its hello after our Finished: it likely refuses the key or the "
        "identity.");
  CHECK(sentence(FailureReason::kAlert, 115) ==
        "The peer ended the session with an alert (alert 115 unknown_psk_identity: it does not "
        "know the identity).");
  CHECK(sentence(FailureReason::kAlert, 20) ==
        "The peer ended the session with an alert (alert 20 bad_record_mac: the key is likely "
        "wrong).");
  CHECK(sentence(FailureReason::kProtocol) ==
        "The peer broke the protocol, or its key differs from ours.");
  CHECK(sentence(FailureReason::kLocal) == "The DTLS library refused our configuration.");
}

TEST_CASE("a failure after the handshake says so and guesses no cause") {
  CHECK(describe(Failed{FailureReason::kAlert, 20, true}) ==
        "The peer ended the session with an alert in the established session (alert 20 "
        "bad_record_mac: its log may say why).");
}

TEST_CASE("an alert is named as in its RFC and an unknown number has no name") {
  CHECK(alert_name(0) == "close_notify");
  CHECK(alert_name(40) == "handshake_failure");
  CHECK(alert_name(51) == "decrypt_error");
  CHECK(alert_name(70) == "protocol_version");
  CHECK(alert_name(120) == "no_application_protocol");
  CHECK(alert_name(1) == "unassigned");
  CHECK(alert_name(255) == "unassigned");
}
