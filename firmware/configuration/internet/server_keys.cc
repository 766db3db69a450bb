#include <algorithm>
#include <array>

#include "firmware/configuration/internet/keys.h"
#include "firmware/configuration/internet/places.h"
#include "firmware/configuration/texts/internet.h"

namespace vmodem::app {
namespace {

using coap::TransmissionParameters;
using sim::HandshakeConfig;
using sim::HostConfig;
using sim::InitiatedConfig;
using sim::SecurityConfig;
using sim::ServerConfig;
using sim::ServerLimits;
using sim::ServerManners;

constexpr auto kManners = &ServerConfig::manners;
constexpr auto kTransmission = &ServerConfig::transmission;
constexpr auto kLimits = &ServerConfig::limits;
constexpr auto kHandshake = &SecurityConfig::handshake;

constexpr std::array<std::string_view, 3> kDuplicateWords{"message-id-and-token", "message-id",
                                                          "none"};
constexpr std::array<std::string_view, 3> kOutcomeWords{"resolves", "not-found", "silence"};
constexpr std::size_t kNamesMax = 16;
constexpr std::int64_t kRequestMax = 4294967295;
constexpr std::int64_t kTtlMax = 2147483647;  // RFC 2181 §8
constexpr std::int64_t kOctetsMax = 256 << 20;
constexpr auto kAnswerDelayMax = 1h;

template <auto kMember>
constexpr auto limit(std::int64_t max) {
  return integer<kLimits, kMember>(1, max);
}

constexpr TextOf<ServerEntry> kAddress{allowed_endpoint, accept_endpoint,
                                       [](const ServerEntry& server) {
                                         const auto& endpoint = server.config.endpoint;
                                         return endpoint.port == 0 ? std::string()
                                                                   : to_string(endpoint);
                                       },
                                       [](ServerEntry& server, std::string text) {
                                         server.config.endpoint = net::parse_endpoint(text).value();
                                       }};

bool has_identity(const ServerEntry& server, std::string_view identity) {
  const auto& security = server.config.security;
  return security && std::ranges::any_of(security->credentials, [&](const auto& credential) {
           return credential.identity == identity;
         });
}

std::optional<net::SyntaxError> why_no_psk(const ServerEntry& server, std::string_view text) {
  const auto credential = parse_credential(text);
  if (!credential || !has_identity(server, credential->identity)) return std::nullopt;
  return net::SyntaxError{"an identity is there twice", "each identity once"};
}

constexpr auto kCredentials =
    ListField<&SecurityConfig::credentials>::of<parse_credential, credential_text>(
        kNoSeparator, allowed_credentials);

bool add_psk(ServerEntry& server, std::string_view text) {
  return !why_no_psk(server, text) && kCredentials.add(server, text);
}

constexpr ListOf<ServerEntry> psk() {
  auto list = kCredentials;
  list.is_secret = true;
  list.add = add_psk;
  list.why = why_no_psk;
  return list;
}

constexpr KeyOf<ServerEntry> kServerKeys[] = {
    {"address", kAddress, "Where the server is; in the place of a shipped one that is there."},
    {"names",
     ListField<&ServerEntry::host_names>::of<parse_host_name, same_text>(',', allowed_host_names,
                                                                         kNamesMax),
     "What the name server resolves to its address."},

    {"psk", psk(), "The pre-shared keys; these, suites or handshake make it a DTLS server."},
    {"suites",
     ListField<&SecurityConfig::suites>::of<parse_suite, suite_text>(',', allowed_suites, 2),
     "The cipher suites that it accepts; both where DTLS follows from another key."},
    {"handshake.datagrams_max", integer<kHandshake, &HandshakeConfig::datagrams_max>(0, 64),
     "The server falls silent in a handshake after so many datagrams of its own."},
    {"handshake.alert", integer<kHandshake, &HandshakeConfig::alert>(0, 255),
     "A fatal alert of this number is all the answer to a ClientHello."},
    {"handshake.hides_alerts", boolean<kHandshake, &HandshakeConfig::hides_alerts>(),
     "The server is silent about a wrong key, as most are."},
    {"handshake.resumes", boolean<kHandshake, &HandshakeConfig::resumes>(),
     "The server lets clients resume their sessions; false: every handshake is full."},

    {"manners.duplicates", word<kManners, &ServerManners::duplicates>(kDuplicateWords),
     "What makes a message a copy of an earlier one within EXCHANGE_LIFETIME."},
    {"manners.diagnostics", boolean<kManners, &ServerManners::has_diagnostics>(),
     "Errors carry their reason phrase as payload."},
    {"manners.honours_conditions", boolean<kManners, &ServerManners::honours_conditions>(),
     "Accept, ETag, If-Match and If-None-Match count."},
    {"manners.deletes_the_absent", boolean<kManners, &ServerManners::deletes_the_absent>(),
     "DELETE of an unknown path is 2.02, not 4.04."},
    {"manners.keeps_message_id", boolean<kManners, &ServerManners::keeps_message_id>(),
     "A NON answer repeats the message ID of its request."},
    {"manners.resets_all_faults", boolean<kManners, &ServerManners::resets_all_faults>(),
     "RST also where RFC 7252 §4.2 wants silence."},
    {"manners.omits_text_plain", boolean<kManners, &ServerManners::omits_text_plain>(),
     "Content-Format 0 goes without saying."},
    {"manners.keeps_transfers", boolean<kManners, &ServerManners::keeps_transfers>(),
     "A body in blocks stays as it was at the first block, with an ETag of its own."},
    {"manners.confirms_last_block", boolean<kManners, &ServerManners::confirms_last_block>(),
     "The answer to the last block has Block1."},

    {"block_szx", integer<&ServerConfig::block_szx>(0, 6),
     "The preferred block size is 2^(SZX+4) octets."},
    {"blocks", boolean<&ServerConfig::sends_blocks>(),
     "Large payloads go in blocks; false: in one datagram."},
    {"discovery", boolean<&ServerConfig::has_discovery>(), "There is /.well-known/core."},

    {"transmission.ack_timeout",
     duration<kTransmission, &TransmissionParameters::ack_timeout>(1ms, kAnswerDelayMax),
     "ACK_TIMEOUT of RFC 7252 §4.8 for what the server sends."},
    {"transmission.ack_random_factor",
     number<kTransmission, &TransmissionParameters::ack_random_factor>(1, 3), "ACK_RANDOM_FACTOR."},
    {"transmission.max_retransmit",
     integer<kTransmission, &TransmissionParameters::max_retransmit>(0, 8), "MAX_RETRANSMIT."},

    {"restarts",
     ListField<&ServerConfig::restarts>::of<parse_restart, restart_text>(',', allowed_restarts),
     "When the server forgets everything: sessions, observers, messages and changes."},

    {"limits.sessions_max", limit<&ServerLimits::sessions_max>(65536),
     "DTLS sessions; the longest unused gives way."},
    {"limits.observers_max", limit<&ServerLimits::observers_max>(65536), "Observers."},
    {"limits.exchanges_max", limit<&ServerLimits::exchanges_max>(65536),
     "Confirmable messages in flight."},
    {"limits.delayed_max", limit<&ServerLimits::delayed_max>(65536),
     "Datagrams that wait for their instant."},
    {"limits.remembered_max", limit<&ServerLimits::remembered_max>(1 << 20),
     "Messages kept to know their copies by."},
    {"limits.remembered_octets_max", limit<&ServerLimits::remembered_octets_max>(kOctetsMax),
     "What their answers may take, in octets."},
    {"limits.transfers_max", limit<&ServerLimits::transfers_max>(65536), "Bodies in blocks."},
    {"limits.transfer_octets_max", limit<&ServerLimits::transfer_octets_max>(kOctetsMax),
     "What those may take, in octets."},
    {"limits.body_size_max", limit<&ServerLimits::body_size_max>(1 << 20),
     "The largest of them, in octets; more is 4.13."},
    {"limits.children_max", limit<&ServerLimits::children_max>(65536),
     "Resources that POST has made."},
    {"limits.awaited_max", limit<&ServerLimits::awaited_max>(65536),
     "Answers to requests of its own that it waits for, observations among them."},
};

constexpr TextOf<InitiatedConfig> kInitiatedCode{
    allowed_method, accept_method,
    [](const InitiatedConfig& initiated) { return method_text(initiated.code); },
    [](InitiatedConfig& initiated, std::string text) {
      initiated.code = parse_method(text).value();
    }};
constexpr TextOf<InitiatedConfig> kInitiatedPayload{
    allowed_payload, accept_payload,
    [](const InitiatedConfig& initiated) { return payload_text(initiated.payload); },
    [](InitiatedConfig& initiated, std::string text) {
      initiated.payload = parse_payload(text).value();
    }};

constexpr KeyOf<InitiatedConfig> kInitiatedKeys[] = {
    {"upon_request", integer<&InitiatedConfig::upon_request>(0, kRequestMax),
     "The request that it follows, of all that are meant, from 1; 0: each of them."},
    {"upon_path", text<&InitiatedConfig::upon_path>(kUriPathText),
     "The path of the requests that are meant; empty for all to this server."},
    {"delay", duration<&InitiatedConfig::delay>(0s, kAnswerDelayMax), "From that request on."},
    {"type", word<&InitiatedConfig::type>(kTypeWords), "Confirmable or not."},
    {"code", kInitiatedCode, "The method."},
    {"path", text<&InitiatedConfig::path>(kUriPathText), "What is asked for."},
    {"observe", boolean<&InitiatedConfig::observes>(),
     "The request registers for notifications (RFC 7641)."},
    {"accept", integer<&InitiatedConfig::accept>(0, 65535),
     "The Accept option; without it there is none."},
    {"payload", kInitiatedPayload, "What goes with it."},
};

constexpr IntegerOf<HostEntry> kNameTtl{0, kTtlMax,
                                        [](const HostEntry& host) -> std::optional<std::int64_t> {
                                          return host.config.name_ttl.count();
                                        },
                                        [](HostEntry& host, std::int64_t value) {
                                          host.config.name_ttl = std::chrono::seconds(value);
                                        }};

constexpr KeyOf<HostEntry> kHostKeys[] = {
    {"names",
     ListField<&HostConfig::names>::of<parse_host_name, same_text>(',', allowed_host_names,
                                                                   kNamesMax),
     "What the name server knows it by, in letters of either case."},
    {"addresses",
     ListField<&HostConfig::addresses>::of<parse_address, address_text>(',', allowed_addresses,
                                                                        kNamesMax),
     "Where it is; in the place of shipped hosts that are there."},
    {"outcome", word<&HostConfig::outcome>(kOutcomeWords),
     "What the name server does about its names."},
    {"name_delay", duration<&HostConfig::name_delay>(0s, kDelayMax),
     "How long the name server takes."},
    {"name_ttl", kNameTtl, "How long its answer counts, in seconds."},
    {"ping", boolean<&HostConfig::answers_ping>(), "It answers a ping."},
    {"ping_delay", duration<&HostConfig::ping_delay>(0s, kDelayMax), "After how long."},
    {"ping_ttl", integer<&HostConfig::ping_ttl>(1, 255), "The TTL of that answer."},
    {"time", boolean<&HostConfig::answers_time>(), "It is a time server (NTP)."},
    {"time_delay", duration<&HostConfig::time_delay>(0s, kDelayMax), "How long that takes."},
};

}  // namespace

std::span<const KeyOf<ServerEntry>> server_keys() {
  return kServerKeys;
}

std::span<const KeyOf<InitiatedConfig>> initiated_keys() {
  return kInitiatedKeys;
}

std::span<const KeyOf<HostEntry>> host_keys() {
  return kHostKeys;
}

}  // namespace vmodem::app
