// One endpoint's side of a CoAP session with one peer: reliability, deduplication and token
// matching (RFC 7252 §4 and §5.3.2), on a passed-in time, without sockets.
// State in by send() and handle_*(), events and datagrams out by poll_*(). Handling what is not due
// is harmless. After any call, poll until both poll_transmit() and poll_event() return nothing.
//
// In:  messages to send, datagrams, the time.
// Out: datagrams, events, the next deadline.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "coap_core/message.h"
#include "coap_core/transmission_parameters.h"
#include "firmware/base/bytes.h"
#include "firmware/base/expected.h"
#include "firmware/base/random.h"
#include "firmware/base/time.h"

namespace vmodem::coap {

enum class AutoAck : std::uint8_t { kResponses, kAll, kNone };
enum class UnknownToken : std::uint8_t { kReject, kDeliver };

// Readings of the standards that a host may want to be tested against.
struct MessageLayerOptions {
  int nstart = 1;                  // RFC 7252 §4.7, per peer
  std::size_t queue_size_max = 8;  // confirmable messages waiting for NSTART
  AutoAck auto_ack = AutoAck::kResponses;
  UnknownToken unknown_token = UnknownToken::kReject;
  bool deliver_mismatched = false;  // piggybacked response with a foreign token
  bool reject_critical = true;      // critical option that is unknown, or not one of responses
};

// One accepted message through all of its events. Never reused within a session.
enum class SendId : std::uint32_t {};
// One datagram handed out, so that the driver's word on it can be told back.
enum class TransmitId : std::uint32_t {};
enum class SendError : std::uint8_t { kQueueFull };

struct Transmit {
  TransmitId id;
  Bytes datagram;
  Duration timeout{};  // until the next transmission of a CON, or its end; 0: of another type
};

enum class Outcome : std::uint8_t {
  kAcknowledged,    // CON: empty ACK, piggybacked response, or the separate response itself
  kReset,           // CON: RST; for a ping (empty CON) that is the answer hoped for
  kTimedOut,        // CON: never acknowledged
  kSent,            // NON, ACK, RST: handed to the network
  kNotSent,         // NON, ACK, RST: the network refused it
  kSessionEnded,    // cut off by end_session()
  kMessageIdInUse,  // CON refused: its message ID is in flight (possible with NSTART > 1 only)
};

// The final word on one message, exactly once for every accepted send().
struct Concluded {
  SendId id;
  Type type;
  Code code;
  MessageId message_id;
  Outcome outcome;
};

// Retransmission `number` (1…) has been handed over, or refused by the network.
struct Retransmitted {
  SendId id;
  MessageId message_id;
  int number;
  bool handed_over;
};

// The fate of retransmission `number` is known: kAcknowledged, kReset or kTimedOut. Not reported
// where the end of the session cuts it off. The last one's precedes Concluded.
struct RetransmissionEnded {
  SendId id;
  MessageId message_id;
  Code code;
  int number;
  Outcome outcome;
};

// A message for the application: a response, a notification, or a request from the server.
struct Received {
  Message message;
};

enum class DropReason : std::uint8_t {
  kTooShort,
  kUnknownVersion,
  kFormatError,
  kEmptyNonConfirmable,  // NON with code 0.00
  kReservedCode,         // class 1, 6, 7
  kUnmatchedAck,         // ACK that fits no exchange
  kUnmatchedReset,       // RST that fits no exchange
  kInvalidAck,           // ACK with a request code
  kDuplicate,
  kUnknownToken,    // response that no request of this session asked for
  kTokenMismatch,   // piggybacked response with another token
  kCriticalOption,  // critical option that is unknown, or not one of responses
  kPing,            // an empty CON, answered by RST
  kCount,
};

struct Dropped {
  DropReason reason;
  std::optional<MessageId> message_id;
};

// Delivered all the same, but worth counting.
enum class Oddity : std::uint8_t { kUnknownElectiveOption, kIgnoredOptionLength, kCount };

using Event = std::variant<Concluded, Retransmitted, RetransmissionEnded, Received, Dropped>;

// A confirmable message in flight.
struct ExchangeView {
  Type type;
  Code code;
  MessageId message_id;
  Token token;
  int retransmissions;  // so far
  int retransmissions_max;
  Instant deadline;  // of the next one, or the end
};

class MessageLayer {
 public:
  MessageLayer(const TransmissionParameters& parameters, const MessageLayerOptions& options,
               RandomSource& random);
  ~MessageLayer();
  MessageLayer(MessageLayer&&) noexcept;
  MessageLayer& operator=(MessageLayer&&) noexcept;

  // Count from the next message; exchanges in flight keep what they started with.
  void set_parameters(const TransmissionParameters& parameters);

  // Accepts a message for sending. CON obeys NSTART and may wait in the queue; the others pass.
  [[nodiscard]] Expected<SendId, SendError> send(Instant now, const Message& message);

  void handle_datagram(Instant now, ByteView datagram);
  // The driver's word, due on every Transmit. A CON that was refused is retransmitted in due time.
  void handle_transmitted(Instant now, TransmitId id, bool handed_over);
  void handle_timeout(Instant now);
  // Concludes everything outstanding with kSessionEnded, in the order of sending. send() must not
  // be called afterwards; what arrives is not heard.
  void end_session(Instant now);

  [[nodiscard]] std::optional<Transmit> poll_transmit();
  [[nodiscard]] std::optional<Event> poll_event();
  [[nodiscard]] std::optional<Instant> poll_timeout() const;

  [[nodiscard]] bool has_exchange_in_flight() const;
  // In the order of starting.
  [[nodiscard]] std::vector<ExchangeView> exchanges() const;
  // Confirmable messages that wait for NSTART.
  [[nodiscard]] std::size_t waiting_count() const;
  [[nodiscard]] std::uint64_t drop_count(DropReason reason) const;
  [[nodiscard]] std::uint64_t oddity_count(Oddity oddity) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace vmodem::coap
