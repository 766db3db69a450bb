#include "tests/unit/coap_core/timeline.h"

#include <fmt/format.h>

#include <utility>

#include "coap_core/codec.h"
#include "coap_core/option_registry.h"
#include "firmware/base/hex.h"
#include "firmware/base/overloaded.h"

namespace vmodem::coap {
namespace {

std::string_view name(Outcome outcome) {
  switch (outcome) {
    case Outcome::kAcknowledged:
      return "acknowledged";
    case Outcome::kReset:
      return "reset";
    case Outcome::kTimedOut:
      return "timed out";
    case Outcome::kSent:
      return "sent";
    case Outcome::kNotSent:
      return "not sent";
    case Outcome::kSessionEnded:
      return "session ended";
    case Outcome::kMessageIdInUse:
      return "message ID in use";
  }
  return "?";
}

std::string_view name(DropReason reason) {
  switch (reason) {
    case DropReason::kTooShort:
      return "too short";
    case DropReason::kUnknownVersion:
      return "unknown version";
    case DropReason::kFormatError:
      return "format error";
    case DropReason::kEmptyNonConfirmable:
      return "empty NON";
    case DropReason::kReservedCode:
      return "reserved code";
    case DropReason::kUnmatchedAck:
      return "unmatched ACK";
    case DropReason::kUnmatchedReset:
      return "unmatched RST";
    case DropReason::kInvalidAck:
      return "invalid ACK";
    case DropReason::kDuplicate:
      return "duplicate";
    case DropReason::kUnknownToken:
      return "unknown token";
    case DropReason::kTokenMismatch:
      return "token mismatch";
    case DropReason::kCriticalOption:
      return "critical option";
    case DropReason::kPing:
      return "ping";
    case DropReason::kCount:
      break;
  }
  return "?";
}

std::string header(Type type, Code code, MessageId message_id) {
  return fmt::format("{} {} {}", name(type), to_string(code), message_id);
}

std::string summary(const Message& message) {
  std::string text = header(message.type, message.code, message.message_id);
  if (message.token.size() != 0) text += " " + to_hex_lower(message.token.view());
  if (!message.payload.empty()) text += fmt::format(" '{}'", as_text(message.payload));
  return text;
}

std::string summary(ByteView datagram) {
  const auto decoded = decode(datagram);
  return decoded ? summary(decoded->to_message()) : to_hex_lower(datagram);
}

std::string describe(const Event& event) {
  return std::visit(
      Overloaded{
          [](const Concluded& e) {
            return fmt::format("{} {}", header(e.type, e.code, e.message_id), name(e.outcome));
          },
          [](const Retransmitted& e) {
            return fmt::format("{} retransmission {} {}", e.message_id, e.number,
                               e.handed_over ? "sent" : "not sent");
          },
          [](const RetransmissionEnded& e) {
            return fmt::format("{} retransmission {} {}", e.message_id, e.number, name(e.outcome));
          },
          [](const Received& e) { return "received " + summary(e.message); },
          [](const Dropped& e) {
            const std::string which = e.message_id ? fmt::format(" {}", *e.message_id) : "";
            return fmt::format("dropped{}: {}", which, name(e.reason));
          }},
      event);
}

}  // namespace

Bytes octets(std::string_view text) {
  std::string digits(text);
  std::erase(digits, ' ');
  return from_hex(digits).value();
}

Message message(Type type, Code code, MessageId message_id, MessageParts parts) {
  return {.type = type,
          .code = code,
          .message_id = message_id,
          .token = Token(octets(parts.token)),
          .options = std::move(parts.options),
          .payload = to_bytes(parts.payload)};
}

Message con_get(MessageId message_id, std::string_view token) {
  return message(Type::kConfirmable, Code::kGet, message_id, {.token = token});
}

Message non_get(MessageId message_id, std::string_view token) {
  return message(Type::kNonConfirmable, Code::kGet, message_id, {.token = token});
}

Message with_observe(Message message, std::uint32_t value) {
  message.options.push_back({kObserve, encode_uint(value)});
  return message;
}

Message empty(Type type, MessageId message_id) {
  return message(type, Code::kEmpty, message_id);
}

Message response(Type type, MessageId message_id, std::string_view token,
                 std::string_view payload) {
  return message(type, Code::kContent, message_id, {.token = token, .payload = payload});
}

Timeline::Timeline(const TimelineSetup& setup)
    : random_(setup.seed), layer_(setup.parameters, setup.options, random_) {
}

void Timeline::run_to(Duration since_start) {
  const Instant end{since_start};
  for (auto due = layer_.poll_timeout(); due && *due <= end; due = layer_.poll_timeout()) {
    now_ = *due;
    layer_.handle_timeout(now_);
    drain();
  }
  now_ = end;
}

void Timeline::oversleep_to(Duration since_start) {
  now_ = Instant{since_start};
  layer_.handle_timeout(now_);
  drain();
}

bool Timeline::send(const Message& message) {
  const bool is_accepted = layer_.send(now_, message).has_value();
  drain();
  return is_accepted;
}

void Timeline::receive(const Message& message) {
  receive_octets(encode(message));
}

void Timeline::receive_octets(ByteView datagram) {
  write("<- " + summary(datagram));
  layer_.handle_datagram(now_, datagram);
  drain();
}

void Timeline::end_session() {
  layer_.end_session(now_);
  drain();
}

Lines Timeline::take() {
  return std::exchange(lines_, {});
}

void Timeline::drain() {
  for (bool is_stable = false; !is_stable;) {
    is_stable = true;
    while (const auto transmit = layer_.poll_transmit()) {
      write("-> " + summary(transmit->datagram));
      datagrams_.push_back(transmit->datagram);
      layer_.handle_transmitted(now_, transmit->id, network_is_up_);
      is_stable = false;
    }
    while (const auto event = layer_.poll_event()) {
      write(describe(*event));
      is_stable = false;
    }
  }
}

void Timeline::write(const std::string& what) {
  const std::chrono::duration<double> seconds = now_.time_since_epoch();
  lines_.push_back(fmt::format("{} {}", seconds.count(), what));
}

}  // namespace vmodem::coap
