// DTLS 1.2 with pre-shared keys (RFC 6347, 4279, 6655), as a calculator: datagrams, plaintext and
// the time go in; datagrams, events and the next deadline come out. No socket, clock or thread
// inside.
//
// In:  a credential, datagrams, plaintext, the time.
// Out: datagrams, plaintext, events, the next deadline.
//
// After any handle_*(), write(), start() or close(), poll until poll_transmit() and poll_event()
// both return nothing.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "dtls/cipher_suite.h"
#include "dtls/psk_credential.h"
#include "dtls/session_store.h"
#include "firmware/base/bytes.h"
#include "firmware/base/expected.h"
#include "firmware/base/random.h"
#include "firmware/base/time.h"

namespace vmodem::dtls {

// Entropy: null draws from the operating system (real sockets); a RandomSource makes the simulated
// world repeatable.
struct ClientConfig {
  PskCredential credential;
  std::vector<CipherSuite> suites = {CipherSuite::kPskAes128Ccm8, CipherSuite::kPskAes128CbcSha256};
  // DTLS 1.0 is spoken where the library has it; CCM suites begin with 1.2 (RFC 6655 §4).
  Version version_min = Version::kDtls1_2;
  Version version_max = Version::kDtls1_2;
  std::string server_name;            // SNI (RFC 6066 §3); empty: none
  SecretBytes resumption;             // Connected::resumption of an earlier session; empty: none
  Duration retransmission_min = 1s;   // RFC 6347 §4.2.4.1, doubling
  Duration retransmission_max = 32s;  // a silent peer is given up at 63 s
  Duration negotiation_time = 300s;   // the whole handshake; AT+QSSLCFG="negotiatetime"
  // Largest datagram of a flight; 0: no limit of ours. mbedTLS 2.28 sends a larger ClientHello
  // whole all the same, 3.6 in parts, which its own servers refuse.
  std::size_t mtu = 0;
  bool export_keys = false;  // emit KeyLogLine
  RandomSource* random = nullptr;
};

struct ServerConfig {
  std::vector<PskCredential> credentials;
  std::vector<CipherSuite> suites = {CipherSuite::kPskAes128Ccm8, CipherSuite::kPskAes128CbcSha256};
  SessionStore* sessions = nullptr;  // of all its peers, outlives them; null: nothing is resumed
  Duration retransmission_min = 1s;
  Duration retransmission_max = 32s;
  std::size_t mtu = 0;
  bool export_keys = false;
  RandomSource* random = nullptr;
};

enum class FailureReason : std::uint8_t {
  kNoAnswer,             // nothing was ever received
  kNotDtls,              // datagrams came, but no DTLS record in them
  kOnlyHelloVerify,      // the peer sent a cookie and then fell silent
  kCookieRefused,        // the peer asked for a cookie again, and went no further
  kSilentAfterFinished,  // our Finished went out and nothing came back
  kRepeatsAfterFinished, // our Finished went out and the peer only repeated itself
  kStalled,              // the handshake stopped elsewhere
  kAlert,                // the peer sent a fatal alert, or close_notify during the handshake
  kProtocol,             // the peer broke the protocol (or offered what we do not accept)
  kLocal,                // the library refused our configuration
};

// A server sees it again when its client begins anew from the same address (RFC 6347 §4.2.8).
struct Connected {
  CipherSuite suite;
  Version version;
  bool is_resumed;         // by an abbreviated handshake
  SecretBytes resumption;  // what a client may offer next time; a server's is empty
};
struct PlaintextReceived {
  Bytes plaintext;  // one record
};
// The session is over. Exactly one of Closed and Failed, once; nothing but transmits follows.
struct Closed {
  bool by_peer;  // the peer's close_notify after the handshake
};
struct Failed {
  FailureReason reason;
  std::optional<std::uint8_t> alert;  // RFC 5246 §7.2, the peer's, where one was seen
  bool after_handshake;               // a fatal alert or error in an established session
};
// "CLIENT_RANDOM <64 hex> <96 hex>", the NSS key log format, without a newline.
struct KeyLogLine {
  std::string line;
};
using Event = std::variant<Connected, PlaintextReceived, Closed, Failed, KeyLogLine>;

enum class WriteError : std::uint8_t { kNotConnected, kTooLarge };

// One sentence for the log.
[[nodiscard]] std::string describe(const Failed& failed);

// Both roles offer the same calls.
class Session {
 public:
  virtual ~Session() = default;

  // A client sends its ClientHello; a server starts waiting.
  virtual void start(Instant now) = 0;
  virtual void handle_datagram(Instant now, ByteView datagram) = 0;
  virtual void handle_timeout(Instant now) = 0;
  // One record of application data.
  [[nodiscard]] virtual Expected<void, WriteError> write(Instant now, ByteView plaintext) = 0;
  // Sends close_notify where the handshake is done; Closed{by_peer = false} follows.
  virtual void close(Instant now) = 0;

  [[nodiscard]] virtual std::optional<Bytes> poll_transmit() = 0;
  [[nodiscard]] virtual std::optional<Event> poll_event() = 0;
  [[nodiscard]] virtual std::optional<Instant> poll_timeout() const = 0;
  [[nodiscard]] virtual bool is_connected() const = 0;
};

// Who makes the sessions with real peers, where they are recorded or played.
class SessionSource {
 public:
  virtual ~SessionSource() = default;
  [[nodiscard]] virtual std::unique_ptr<Session> make_client(ClientConfig config) = 0;
};

[[nodiscard]] std::unique_ptr<Session> make_client_session(ClientConfig config);
// A server binds its cookies to `peer_address` (RFC 6347 §4.2.1), any octets that name the peer.
[[nodiscard]] std::unique_ptr<Session> make_server_session(ServerConfig config,
                                                           ByteView peer_address);

}  // namespace vmodem::dtls
