#include "firmware/recording/session_events.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "firmware/base/hex.h"
#include "firmware/base/overloaded.h"
#include "firmware/recording/json_values.h"

namespace vmodem::recording {
namespace {

using nlohmann::json;

dtls::CipherSuite suite_of(const json& value) {
  const dtls::CipherSuite suite{number_of<std::uint16_t>(value)};
  if (suite != dtls::CipherSuite::kPskAes128CbcSha256 &&
      suite != dtls::CipherSuite::kPskAes128Ccm8) {
    throw mistake("an unknown suite");
  }
  return suite;
}

dtls::Event event_of(const json& value) {
  if (value.contains("connected")) {
    return dtls::Connected{suite_of(value.at("connected")),
                           enum_of(value.at("version"), dtls::Version::kDtls1_2),
                           value.at("resumed").get<bool>(),
                           dtls::SecretBytes(octets_of(value.at("resumption")))};
  }
  if (value.contains("plaintext")) {
    return dtls::PlaintextReceived{octets_of(value.at("plaintext"))};
  }
  if (value.contains("closed")) return dtls::Closed{value.at("closed").get<bool>()};
  if (value.contains("key")) return dtls::KeyLogLine{value.at("key").get<std::string>()};
  dtls::Failed failed{
      enum_of(value.at("failed"), dtls::FailureReason::kLocal), {}, value.at("after").get<bool>()};
  if (value.contains("alert")) failed.alert = number_of<std::uint8_t>(value.at("alert"));
  return failed;
}

}  // namespace

json session_event_json(const dtls::Event& event) {
  return std::visit(
      Overloaded{[](const dtls::Connected& e) {
                   return json{{"connected", static_cast<int>(e.suite)},
                               {"version", static_cast<int>(e.version)},
                               {"resumed", e.is_resumed},
                               {"resumption", to_hex_lower(e.resumption.view())}};
                 },
                 [](const dtls::PlaintextReceived& e) {
                   return json{{"plaintext", to_hex_lower(e.plaintext)}};
                 },
                 [](const dtls::Closed& e) {
                   return json{{"closed", e.by_peer}};
                 },
                 [](const dtls::Failed& e) {
                   json made{{"failed", static_cast<int>(e.reason)}, {"after", e.after_handshake}};
                   if (e.alert) made["alert"] = *e.alert;
                   return made;
                 },
                 [](const dtls::KeyLogLine& e) {
                   return json{{"key", e.line}};
                 }},
      event);
}

std::vector<dtls::Event> session_events_of(const std::string& text) {
  std::vector<dtls::Event> events;
  const auto values = json::parse(text);
  if (!values.is_array()) throw mistake("no array");
  for (const auto& value : values) events.push_back(event_of(value));
  return events;
}

}  // namespace vmodem::recording
