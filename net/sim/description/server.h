// A simulated server, as data.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "coap_core/transmission_parameters.h"
#include "dtls/session.h"
#include "net/endpoint.h"
#include "net/sim/description/resource.h"

namespace vmodem::sim {

// Which messages count as copies of an earlier one within EXCHANGE_LIFETIME.
enum class DuplicateRule : std::uint8_t {
  kMessageIdAndToken,  // kind to hosts that use one message ID for ever
  kMessageId,  // RFC 7252 §4.5 to the letter, as Californium: a reused message ID brings back
               // the old answer with the old token
  kNone,       // every copy is processed again, as libcoap does
};

// Where servers differ without being wrong, and where they are wrong.
struct ServerManners {
  DuplicateRule duplicates = DuplicateRule::kMessageIdAndToken;
  bool has_diagnostics = true;      // the reason phrase as payload of errors (RFC 7252 §5.5.2)
  bool honours_conditions = true;   // Accept, ETag, If-Match, If-None-Match
  bool deletes_the_absent = false;  // DELETE of an unknown path is 2.02, not 4.04
  bool keeps_message_id = false;    // a NON answer repeats the message ID of its request
  bool resets_all_faults = false;   // RST also where RFC 7252 §4.2 wants silence
  bool omits_text_plain = false;    // Content-Format 0 goes without saying
  // A body that goes in blocks is kept for its client as it was at the first block, and has an ETag
  // of its own, as libcoap does it; otherwise each block is cut from the content of the moment.
  bool keeps_transfers = false;
  bool confirms_last_block = true;  // Block1 in the answer to the last block (RFC 7959 §2.3)
};

// What goes wrong in the handshake.
struct HandshakeConfig {
  std::optional<std::uint32_t> datagrams_max;  // falls silent after so many; 0: at once
  std::optional<std::uint8_t> alert;           // a fatal alert is all the answer to a ClientHello
  bool hides_alerts = false;                   // silent about a wrong key, as most servers are
  bool resumes = true;                         // lets clients resume their sessions
};

struct SecurityConfig {
  std::vector<dtls::PskCredential> credentials;
  std::vector<dtls::CipherSuite> suites = {dtls::CipherSuite::kPskAes128Ccm8,
                                           dtls::CipherSuite::kPskAes128CbcSha256};
  HandshakeConfig handshake;
};

// A request from the server to whoever sent its nth request.
struct InitiatedConfig {
  std::uint32_t upon_request = 1;  // of those that are meant, from 1; 0: each of them
  std::string upon_path;           // empty: all to this server; else those with this path
  Duration delay{};
  coap::Type type = coap::Type::kConfirmable;
  coap::Code code = coap::Code::kGet;
  std::string path;
  bool observes = false;  // registers (RFC 7641 §3.1); what comes under its token is taken
  std::optional<std::uint16_t> accept;
  Bytes payload;
};

// The server forgets everything: sessions, observers, messages, changes of its resources.
struct RestartConfig {
  std::optional<Duration> at;                 // on the module's time line
  std::optional<std::uint32_t> upon_request;  // in place of answering the nth request, from 1
  Duration downtime{};                        // silent meanwhile
};

struct ServerLimits {
  std::size_t sessions_max = 1024;  // DTLS; the longest unused gives way
  std::size_t observers_max = 8192;
  std::size_t exchanges_max = 16384;   // confirmable messages in flight
  std::size_t delayed_max = 16384;     // datagrams waiting for their instant
  std::size_t remembered_max = 65536;  // messages, for RFC 7252 §4.5
  std::size_t remembered_octets_max = 16U << 20;
  std::size_t transfers_max = 4096;  // block-wise bodies
  std::size_t transfer_octets_max = 16U << 20;
  std::size_t body_size_max = 65536;  // of one; more is 4.13
  std::size_t children_max = 256;     // resources made by POST
  std::size_t awaited_max = 1024;     // answers to its own requests, observations among them
};

struct ServerConfig {
  net::Endpoint endpoint;
  std::optional<SecurityConfig> security;  // absent: plain CoAP
  std::vector<ResourceConfig> resources;
  ServerManners manners;
  AnswerConfig answer;         // of resources without answers of their own
  std::uint8_t block_szx = 6;  // preferred block size 2^(SZX+4) (RFC 7959 §2.2)
  bool sends_blocks = true;    // false: large payloads in one datagram
  bool has_discovery = true;   // /.well-known/core
  coap::TransmissionParameters transmission{.max_retransmit = 4};
  std::vector<InitiatedConfig> initiated;
  std::vector<RestartConfig> restarts;
  ServerLimits limits;

  // Something happens at a time, whether or not anybody has sent it a datagram.
  [[nodiscard]] bool acts_alone() const {
    return std::ranges::any_of(restarts, [](const auto& one) { return one.at.has_value(); });
  }
};

}  // namespace vmodem::sim
