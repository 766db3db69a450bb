// What a received message is, by its type and code (RFC 7252 §4.2, §4.3), and what its options say
// against it (§5.4).
#pragma once

#include "coap_core/codec.h"
#include "coap_core/message_layer.h"

namespace vmodem::coap {

enum class Handling : std::uint8_t {
  kIgnore,
  kReject,  // by RST
  kAcknowledgement,
  kReset,
  kRequest,
  kPiggybackedResponse,
  kSeparateResponse,
};

struct ReceiveRule {
  Handling handling;
  DropReason reason;  // of kIgnore and kReject
};

[[nodiscard]] ReceiveRule receive_rule(Type type, Code code);
// A datagram that does not decode.
[[nodiscard]] ReceiveRule receive_rule(const DecodeError& error);

// A critical option that is not recognised, is not defined for what the message is, is of a bad
// length or occurs once too often (RFC 7252 §5.4, §5.4.1, §5.4.3, §5.4.5).
[[nodiscard]] bool has_unknown_critical_option(const MessageView& message);

// RFC 7641 §3.2: a 2.xx response with an Observe option.
[[nodiscard]] bool is_notification(const MessageView& message);

struct Deliverable {
  Message message;
  std::uint64_t unknown_elective_options = 0;
  std::uint64_t ignored_option_lengths = 0;
};

// The message as the application gets it: without known elective options of a bad length (RFC 7252
// §5.4.3), unknown elective ones left in.
[[nodiscard]] Deliverable make_deliverable(const MessageView& view);

}  // namespace vmodem::coap
