// What the modem asks of the world. A driver performs actions in the order they are polled.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "firmware/base/bytes.h"

namespace vmodem::firmware {

// New for every open, so that a late answer or datagram never reaches a client's next session.
enum class TransportId : std::uint32_t {};

// Resolve `host` (a name, an IPv4 or an IPv6 address) and connect a UDP socket to it. Answered by
// handle_transport_opened() or handle_transport_failed(), unless CloseTransport comes first.
struct OpenTransport {
  TransportId transport;
  std::string host;
  std::uint16_t port;
};

// Frees the socket. Nothing is answered; later news of this transport is ignored.
struct CloseTransport {
  TransportId transport;
};

// Answered by handle_datagram_sent(), in the order of sending.
struct SendDatagram {
  TransportId transport;
  Bytes datagram;
};

enum class TraceLevel : std::uint8_t { kDebug, kInfo, kWarning };

// For the log, the capture and the control interface: drops with reasons, result codes with their why.
// Never a key.
struct Trace {
  TraceLevel level;
  std::string text;
};

// One line of an NSS key log (opt-in; it decrypts captures).
struct KeyLog {
  std::string line;
};

using Action = std::variant<OpenTransport, CloseTransport, SendDatagram, Trace, KeyLog>;

enum class TransportError : std::uint8_t {
  kNameNotResolved,  // +QCOAPOPEN: c,-5
  kUnreachable,      // +QCOAPOPEN: c,-7: no such network, no socket, not allowed
};

}  // namespace vmodem::firmware
