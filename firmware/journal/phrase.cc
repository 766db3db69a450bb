// Every kind in one phrase, for people.
#include <fmt/format.h>

#include <iterator>

#include "firmware/base/duration_text.h"
#include "firmware/base/overloaded.h"
#include "firmware/journal/event.h"

namespace vmodem::journal {
namespace {

std::string up_to(const std::optional<Duration>& timeout) {
  if (!timeout) return {};
  const auto rounded = std::chrono::duration_cast<std::chrono::milliseconds>(*timeout);
  return fmt::format(", to be repeated after {}", duration_text(rounded));
}

std::string with_reason(std::string text, std::string_view why) {
  if (why.empty()) return text;
  return text.append(": ").append(why);
}

std::string link_phrase(const LinkEffect& effect) {
  const auto what = effect.ordinal == 0
                        ? fmt::format("{} packet of no session", effect.direction)
                        : fmt::format("{} datagram {}", effect.direction, effect.ordinal);
  return fmt::format("link: {} of {} octets {}", what, effect.size, effect.reason);
}

std::string message_phrase(std::string_view verb, const auto& message) {
  return fmt::format("{} {} {}, message {}, {} octets", verb, message.type, message.code,
                     message.message_id, message.payload.size());
}

std::string describe(const LineCommand& e) {
  return fmt::format("the host types {}", e.text);
}
std::string describe(const LineEcho& e) {
  return fmt::format("{} octets are echoed", e.size);
}
std::string describe(const LineAnswer& e) {
  return fmt::format("the module answers {}", e.text);
}
std::string describe(const LinePrompt& e) {
  return fmt::format("the module prompts {}", e.text);
}
std::string describe(const LineData& e) {
  return fmt::format("{} octets of data {} the host", e.size,
                     e.direction == "from_host" ? "from" : "to");
}
std::string describe(const LineResult& e) {
  return fmt::format("the module ends with {}", e.text);
}
std::string describe(const LineUrc& e) {
  return fmt::format("the module reports {}", e.text);
}
std::string describe(const LineDropped& e) {
  return fmt::format("serial line: {}", e.text);
}
std::string describe(const LineCircuit& e) {
  return with_reason(fmt::format("serial line: {} {}", e.circuit, e.state), e.note);
}
std::string describe(const CoapSent& e) {
  return fmt::format("client {}: {}{}", e.client, message_phrase("sends", e), up_to(e.timeout));
}
std::string describe(const CoapRetransmitted& e) {
  return fmt::format("client {}: message {} goes out again, retransmission {}{}", e.client,
                     e.message_id, e.attempt, up_to(e.timeout));
}
std::string describe(const CoapReceived& e) {
  return fmt::format("client {}: {}", e.client, message_phrase("hears", e));
}
std::string describe(const CoapConcluded& e) {
  return fmt::format("client {}: the exchange of message {} ends: {}", e.client, e.message_id,
                     e.outcome);
}
std::string describe(const CoapDropped& e) {
  return fmt::format("client {}: dropped a datagram: {}", e.client, e.reason);
}
std::string describe(const DtlsCredential& e) {
  return with_reason(fmt::format("client {}: {} is read", e.client, e.file), e.why);
}
std::string describe(const DtlsFlight& e) {
  return fmt::format("client {}: handshake {}: {}", e.client, e.direction, e.records);
}
std::string describe(const DtlsEstablished& e) {
  return fmt::format("client {}: {} with {}{}", e.client, e.version, e.suite,
                     e.is_resumed ? ", resumed" : "");
}
std::string describe(const DtlsClosed& e) {
  return fmt::format("client {}: the DTLS session ends: {}", e.client, e.why);
}
std::string describe(const DtlsAlert& e) {
  return fmt::format("client {}: the server sends alert {}", e.client, e.description);
}
std::string describe(const DtlsKeys& e) {
  return fmt::format("client {}: keys are made", e.client);
}
std::string describe(const ClientStatusChanged& e) {
  constexpr std::string_view kNames[] = {"idle", "opening", "connecting", "connected",
                                         "disconnecting"};
  // A journal that somebody wrote may say anything.
  if (e.status >= std::size(kNames))
    return fmt::format("client {} is in status {}", e.client, e.status);
  return fmt::format("client {} is {}", e.client, kNames[e.status]);
}
std::string describe(const ClientResult& e) {
  if (!e.why.empty()) return fmt::format("client {}: {}", e.client, e.why);
  return fmt::format("client {}: {} ends with {}", e.client, e.operation, e.result);
}
std::string describe(const ClientNote& e) {
  return fmt::format("client {}: {}", e.client, e.text);
}
std::string describe(const DatagramUp& e) {
  return fmt::format("{} octets go up, {} network", e.octets.size(), e.network);
}
std::string describe(const DatagramDown& e) {
  return fmt::format("{} octets come down, {} network", e.octets.size(), e.network);
}
std::string describe(const LinkLost& e) {
  return link_phrase(e);
}
std::string describe(const LinkDelayed& e) {
  return link_phrase(e);
}
std::string describe(const LinkDuplicated& e) {
  return link_phrase(e);
}
std::string describe(const LinkCorrupted& e) {
  return link_phrase(e);
}
std::string describe(const NetworkSilent& e) {
  return fmt::format(
      "nobody is at {} port {}: not simulated, no --route leads there, and "
      "without --network host the real network is out of reach",
      e.host, e.port);
}
std::string describe(const NameAsked& e) {
  return fmt::format("name {} is asked for", e.name);
}
std::string describe(const NameAnswered& e) {
  return with_reason(
      fmt::format("name {} is {}", e.name, e.addresses.empty() ? "nowhere" : e.addresses), e.why);
}
std::string describe(const QuestionAsked& e) {
  return fmt::format("{} to {}", e.question, e.host);
}
std::string describe(const QuestionAnswered& e) {
  return fmt::format("{} to {}: {}", e.question, e.host, e.answer);
}
std::string describe(const QuestionFailed& e) {
  return e.text;
}
std::string describe(const ServerRequest& e) {
  return fmt::format("simulated {}: request {} {}", to_string(e.server), e.method, e.path);
}
std::string describe(const ServerAnswer& e) {
  return fmt::format("server {} {}", to_string(e.server), message_phrase("sends", e));
}
std::string describe(const ServerNotification& e) {
  return fmt::format("server {} {}", to_string(e.server), message_phrase("notifies", e));
}
std::string describe(const ServerNews& e) {
  return fmt::format("simulated {}: {}", to_string(e.server), e.what);
}
std::string describe(const PacketContext& e) {
  return with_reason(fmt::format("PDP context {} is {}", e.context, e.state), e.why);
}
std::string describe(const RadioRegistration& e) {
  return e.text;
}
std::string describe(const RadioSignal& e) {
  return e.text;
}
std::string describe(const RadioConnection& e) {
  return fmt::format("the signalling connection is {}", e.state);
}
std::string describe(const CardState& e) {
  return fmt::format("the card is {}", e.state);
}
std::string describe(const PowerState& e) {
  return fmt::format("the module is {}", e.state);
}
std::string describe(const FileWritten& e) {
  return fmt::format("file {} has {} octets", e.name, e.size);
}
std::string describe(const FileRemoved& e) {
  return fmt::format("file {} is removed", e.name);
}
std::string describe(const FileFull& e) {
  return fmt::format("file {} is not written", e.name);
}
std::string describe(const FaultPerformed& e) {
  return fmt::format("fault: {}", e.text);
}
std::string describe(const FaultLooped& e) {
  return fmt::format(
      "fault: {}: it has brought itself about, and does not happen again at the same instant",
      e.text);
}
std::string describe(const FaultsLeftOut& e) {
  return fmt::format("{} faults left out: too many wait for their time", e.count);
}
std::string describe(const LintFinding& e) {
  return fmt::format("lint: {}: {} ({}); {}", e.rule, e.text, e.clause, e.cure);
}

}  // namespace

std::string phrase(const Event& event) {
  return std::visit([](const auto& one) { return describe(one); }, event);
}

}  // namespace vmodem::journal
