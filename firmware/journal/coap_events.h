// What the six CoAP clients send and hear (RFC 7252), their DTLS sessions (RFC 6347) and result
// codes (the note, Table 5).
#pragma once

#include "firmware/journal/field.h"

namespace vmodem::journal {

struct CoapSent {
  std::uint64_t client;
  std::string_view type;
  std::string code;
  std::uint64_t message_id;
  Bytes token;
  OptionFields options;
  Bytes payload;
  std::optional<Duration> timeout;

  static constexpr auto kKind =
      kind("coap.sent", Level::kNone, "A message leaves for the first time.",
           field("client", &CoapSent::client, "0 to 5"),
           field("type", &CoapSent::type, "CON, NON, ACK or RST"),
           field("code", &CoapSent::code, "class.detail, as 0.01"),
           field("message_id", &CoapSent::message_id, "RFC 7252 §3"),
           field("token", &CoapSent::token, ""), field("options", &CoapSent::options, ""),
           field("payload", &CoapSent::payload, ""),
           field("timeout", &CoapSent::timeout, "until the first retransmission of a CON"));
};

struct CoapRetransmitted {
  std::uint64_t client;
  std::uint64_t message_id;
  std::uint64_t attempt;
  std::optional<Duration> timeout;

  static constexpr auto kKind =
      kind("coap.retransmitted", Level::kNone, "A confirmable message goes out again.",
           field("client", &CoapRetransmitted::client, "0 to 5"),
           field("message_id", &CoapRetransmitted::message_id, ""),
           field("attempt", &CoapRetransmitted::attempt, "from 1"),
           field("timeout", &CoapRetransmitted::timeout, "until the next, or the end"));
};

struct CoapReceived {
  std::uint64_t client;
  std::string_view type;
  std::string code;
  std::uint64_t message_id;
  Bytes token;
  OptionFields options;
  Bytes payload;
  EntryReference carried_by;

  static constexpr auto kKind =
      kind("coap.received", Level::kNone,
           "A message has come. Its cause is the transmission that it answers, where there is one.",
           field("client", &CoapReceived::client, "0 to 5"),
           field("type", &CoapReceived::type, "CON, NON, ACK or RST"),
           field("code", &CoapReceived::code, "class.detail, as 2.05"),
           field("message_id", &CoapReceived::message_id, "RFC 7252 §3"),
           field("token", &CoapReceived::token, ""), field("options", &CoapReceived::options, ""),
           field("payload", &CoapReceived::payload, ""),
           field("carried_by", &CoapReceived::carried_by, "the datagram.down"));
};

struct CoapConcluded {
  std::uint64_t client;
  std::uint64_t message_id;
  std::string_view outcome;

  static constexpr auto kKind =
      kind("coap.concluded", Level::kNone, "The final word on a message of the module's.",
           field("client", &CoapConcluded::client, "0 to 5"),
           field("message_id", &CoapConcluded::message_id, ""),
           field("outcome", &CoapConcluded::outcome, "in words"));
};

struct CoapDropped {
  std::uint64_t client;
  std::string_view reason;

  static constexpr auto kKind =
      kind("coap.dropped", Level::kDebug, "What came is not delivered to the host.",
           field("client", &CoapDropped::client, "0 to 5"),
           field("reason", &CoapDropped::reason, "in words"));
};

struct DtlsCredential {
  std::uint64_t client;
  std::string file;
  std::string_view form;
  std::uint64_t trailing;
  std::string_view why;

  static constexpr auto kKind =
      kind("dtls.credential", Level::kNone, "The PSK file of a session is read.",
           field("client", &DtlsCredential::client, "0 to 5"),
           field("file", &DtlsCredential::file, "its name"),
           field("form", &DtlsCredential::form,
                 "identity&key, |identity|:key (LwM2M's) or unknown; never what stands in it"),
           field("trailing", &DtlsCredential::trailing,
                 "octets behind the key: line ends, blanks, Ctrl-Z, NUL"),
           field("why", &DtlsCredential::why, "it is refused; else empty"));
};

struct DtlsFlight {
  std::uint64_t client;
  std::string_view direction;
  std::string records;
  std::uint64_t size;

  static constexpr auto kKind =
      kind("dtls.flight", Level::kNone, "A datagram of a handshake, or an alert.",
           field("client", &DtlsFlight::client, "0 to 5"),
           field("direction", &DtlsFlight::direction, "up or down"),
           field("records", &DtlsFlight::records, "what stands in its records' headers"),
           field("size", &DtlsFlight::size, "octets"));
};

struct DtlsEstablished {
  std::uint64_t client;
  std::string_view version;
  std::string_view suite;
  bool is_resumed;

  static constexpr auto kKind =
      kind("dtls.established", Level::kInfo, "A handshake is done.",
           field("client", &DtlsEstablished::client, "0 to 5"),
           field("version", &DtlsEstablished::version, "of DTLS"),
           field("suite", &DtlsEstablished::suite, "the cipher suite"),
           field("is_resumed", &DtlsEstablished::is_resumed, "by an abbreviated handshake"));
};

struct DtlsClosed {
  std::uint64_t client;
  std::string why;

  static constexpr auto kKind = kind(
      "dtls.closed", Level::kNone, "A DTLS session, or its handshake, is over.",
      field("client", &DtlsClosed::client, "0 to 5"), field("why", &DtlsClosed::why, "one phrase"));
};

struct DtlsAlert {
  std::uint64_t client;
  std::uint64_t description;

  static constexpr auto kKind =
      kind("dtls.alert", Level::kNone, "The server sent an alert (RFC 5246 §7.2).",
           field("client", &DtlsAlert::client, "0 to 5"),
           field("description", &DtlsAlert::description, "AlertDescription"));
};

struct DtlsKeys {
  std::uint64_t client;
  Secret line;

  static constexpr auto kKind =
      kind("dtls.keys", Level::kNone, "The secrets of a session are there.",
           field("client", &DtlsKeys::client, "0 to 5"),
           field("line", &DtlsKeys::line, "of an NSS key log"));
};

}  // namespace vmodem::journal
