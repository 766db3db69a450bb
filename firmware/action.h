// What the modem asks of the world. A driver performs actions in the order they are polled.
//
// In:  –.
// Out: the words in which modem and driver talk.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "firmware/base/bytes.h"
#include "firmware/base/time.h"

namespace vmodem::firmware {

// New for every open, so that a late answer or datagram never reaches a client's next session.
enum class TransportId : std::uint32_t {};

// Resolve `host` (a name, an IPv4 or an IPv6 address) and connect a UDP socket to it. Answered by
// handle_transport_opened() or handle_transport_failed(), unless CloseTransport comes first.
struct OpenTransport {
  TransportId transport;
  std::string host;
  std::uint16_t port;
  // Transports of one number use one local port, one after the other, as long as nobody else has
  // it; nothing: a new one.
  std::optional<std::uint8_t> local_port_number{};
  std::uint64_t cause = 0;  // in the journal, as everywhere below
};

// Frees the socket. Nothing is answered; later news of this transport is ignored.
struct CloseTransport {
  TransportId transport;
};

// Answered by handle_datagram_sent(), in the order of sending.
struct SendDatagram {
  TransportId transport;
  Bytes datagram;
  std::uint64_t cause = 0;
};

// New for every question, so that a late answer never reaches the next one.
enum class QueryId : std::uint32_t {};

// All addresses of a name.
struct ResolveName {
  std::string host;
};
// One ICMP echo request with `size` octets of data to a name or an address.
struct PingHost {
  std::string host;
  std::size_t size;
};
// One SNTP request (RFC 4330).
struct AskTime {
  std::string server;
  std::uint16_t port;
};

// Answered once by handle_answer(), or never: the modem keeps the time.
struct Query {
  QueryId id;
  std::variant<ResolveName, PingHost, AskTime> question;
  std::uint64_t cause = 0;
};

// Whom a question is put to, or about. Borrowed from the question.
struct QueryTarget {
  std::string_view host;
  std::uint16_t port = 0;  // 0: any, which only a route for the host alone matches
};
[[nodiscard]] inline QueryTarget target_of(const Query& query) {
  if (const auto* name = std::get_if<ResolveName>(&query.question)) return {name->host};
  if (const auto* ping = std::get_if<PingHost>(&query.question)) return {ping->host};
  const auto& time = std::get<AskTime>(query.question);
  return {time.server, time.port};
}

// The answer, if it ever comes, is dropped.
struct CancelQuery {
  QueryId id;
};

// The module is off, or is about to print the first line of its boot chain; for what lives and dies
// with it, as its USB port. All it said before it went off waits in poll_serial() when it is told.
struct PowerChanged {
  bool is_on;
};

// A command line is about to run, from "AT" on (opt-in).
struct CommandRead {
  std::string line;
  std::string masked;  // for a log: without what is secret
  std::uint64_t cause = 0;
};

// A command line, or its data mode, has ended (where somebody reads the journal): what it said is
// told before the next one begins, however the host's octets come.
struct LineEnded {};

using Action = std::variant<CommandRead, LineEnded, OpenTransport, CloseTransport, SendDatagram, Query,
                            CancelQuery, PowerChanged>;

// Who is at the other end. Real peers get entropy of the operating system in their handshake,
// simulated ones the modem's own chance, so that a run can be repeated.
enum class PeerKind : std::uint8_t { kReal, kSimulated };

enum class TransportError : std::uint8_t {
  kNameNotResolved,  // +QCOAPOPEN: c,-5
  kUnreachable,      // +QCOAPOPEN: c,-7: no such network, no socket, not allowed
};

struct NameResolved {
  std::vector<std::string> addresses;  // best first
};
struct EchoReceived {
  std::string address;
  int ttl;  // or hop limit, of the answer
  // Without the look-up of the name; absent: from the question on.
  std::optional<Duration> round_trip{};
};
struct TimeTold {
  CalendarTime utc;  // of now
};
enum class QueryError : std::uint8_t {
  kNameNotResolved,
  kUnreachable,  // no such network, no socket, not allowed
  kBadAnswer,
};
struct QueryFailed {
  QueryError error;
  std::string why;  // one phrase for the journal
};
using Answer = std::variant<NameResolved, EchoReceived, TimeTold, QueryFailed>;

}  // namespace vmodem::firmware
