// The only face of the TLS library: its handshake and record layer behind plain values, so that
// everything else of this module is free of its headers and of its versions.
#pragma once

#include <memory>
#include <span>

#include "dtls/session.h"

namespace vmodem::dtls {

enum class Role : std::uint8_t { kClient, kServer };

struct EngineConfig {
  Role role = Role::kClient;
  std::vector<PskCredential> credentials;  // a client has one
  std::vector<CipherSuite> suites;
  Version version_min = Version::kDtls1_2;
  Version version_max = Version::kDtls1_2;
  std::string server_name;  // a client's SNI; empty: none
  SecretBytes resumption;   // what a client offers; empty: nothing
  SessionStore* sessions = nullptr;  // what a server resumes; null: nothing
  Bytes peer_address;       // what a server binds its cookies to
  Duration retransmission_min{};
  Duration retransmission_max{};
  std::size_t mtu = 0;
  bool export_keys = false;
  RandomSource* random = nullptr;
};

// The numbers are those the library's callback returns.
enum class TimerState : std::int8_t {
  kCancelled = -1,
  kRunning = 0,
  kIntermediateOver = 1,
  kOver = 2,
};

// What the engine asks for while one of its calls runs.
class EngineHost {
 public:
  virtual void send(ByteView datagram) = 0;
  // Moves the waiting datagram into `room`; 0: none waits.
  [[nodiscard]] virtual std::size_t receive(std::span<std::uint8_t> room) = 0;
  // Counts from the present instant; `final_delay` 0 cancels.
  virtual void set_timer(Duration intermediate_delay, Duration final_delay) = 0;
  [[nodiscard]] virtual TimerState timer_state() const = 0;
  virtual void log_keys(ByteView client_random, ByteView master_secret) = 0;

 protected:
  ~EngineHost() = default;
};

enum class Outcome : std::uint8_t {
  kStarved,      // nothing left to do until a datagram or the timer
  kEstablished,  // the handshake is done
  kRestarted,    // the client began anew from the same address and proved it (RFC 6347 §4.2.8)
  kPlaintext,
  kPeerClosed,  // close_notify
  kPeerAlert,   // a fatal alert
  kPeerSilent,  // the last retransmission went unanswered
  kPeerFault,   // the peer broke the protocol
  kLocalFault,  // the library cannot go on
};

struct Advance {
  Outcome outcome;
  Bytes plaintext = {};                    // of kPlaintext
  std::optional<std::uint8_t> alert = {};  // of kPeerAlert
};

class Engine {
 public:
  virtual ~Engine() = default;

  // One step. Call again until kStarved; after kPeerClosed and those below it only close() is
  // valid.
  [[nodiscard]] virtual Advance advance() = 0;

  // A client's handshake begins anew. False where the library cannot.
  [[nodiscard]] virtual bool restart() = 0;

  // The rest is for an established session.
  [[nodiscard]] virtual CipherSuite suite() const = 0;
  [[nodiscard]] virtual Version version() const = 0;
  [[nodiscard]] virtual std::size_t payload_size_max() const = 0;
  // What a client may offer at its next handshake with this server; empty: nothing.
  [[nodiscard]] virtual SecretBytes resumption() const = 0;
  virtual void write(ByteView plaintext) = 0;
  virtual void close() = 0;  // sends close_notify
};

// Nothing where the library refuses the configuration. `host` outlives the engine.
[[nodiscard]] std::unique_ptr<Engine> make_engine(EngineConfig config, EngineHost& host);

}  // namespace vmodem::dtls
