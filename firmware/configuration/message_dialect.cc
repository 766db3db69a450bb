#include <array>

#include "firmware/configuration/dialect_tables.h"
#include "firmware/configuration/places.h"

namespace vmodem::app {
namespace {

using coap::MessageLayerOptions;
using firmware::Dialect;
using firmware::RecvDialect;

constexpr std::array<std::string_view, 3> kAutoAckWords{"responses", "all", "none"};
constexpr std::array<std::string_view, 2> kUnknownTokenWords{"reject", "deliver"};

constexpr std::array<std::string_view, 3> kQueueFullWords{"out_of_memory", "in_processing",
                                                          "not_allowed"};
constexpr std::array<std::string_view, 3> kLongDownlinkWords{"whole", "cut", "dropped"};

constexpr DialectKey kMessageDialect[] = {
    {{"dialect.ack_after_retransmission", boolean<&Dialect::ack_after_retransmission>(),
      "An acknowledged message that had a +QCOAPIND gets its +QCOAPACK too."},
     "The note has +QCOAPIND tell the outcome of a retransmission, and +QCOAPACK whether a "
     "confirmable message was acknowledged.",
     "One final word for every message: hosts wait for it.",
     "A confirmable message to a server that answers the second copy."},
    {{"dialect.ind_at_send", boolean<&Dialect::ind_at_send>(),
      "+QCOAPIND comes at the moment of retransmission, not when its outcome is known."},
     "The note's words are the result of retransmission; its figure ends before the last one.",
     "A result is known when the retransmission is over.",
     "The instants of +QCOAPIND against a dead port."},
    {{"dialect.ack_random_factor", number<&Dialect::ack_random_factor>(1.0, 3.0),
      "ACK_RANDOM_FACTOR of RFC 7252 §4.8."},
     "The note has the time-out and the count, and no factor.",
     "The value of RFC 7252 §4.8.",
     "The first time-outs of many messages to a dead port."},
    {{"dialect.option_numbers", boolean<&RecvDialect::option_numbers>(),
      "+QCOAPRECV prints the number in front of each option's value."},
     "The note's form has <opt_value> alone, and its text: the value, including the number.",
     "Number, then value: a value alone tells nothing.",
     "A response with Content-Format."},
    {{"dialect.quote_string", boolean<&RecvDialect::quote_string>(),
      "+QCOAPRECV quotes string option values."},
     "The note shows no +QCOAPRECV with an option.",
     "As AT+QCOAPOPTION takes them: strings quoted, a comma in one would end it otherwise.",
     "A response with Location-Path."},
    {{"dialect.quote_opaque", boolean<&RecvDialect::quote_opaque>(),
      "+QCOAPRECV quotes opaque option values."},
     "The note shows no +QCOAPRECV with an option; the token, opaque too, stands bare in it.",
     "As AT+QCOAPOPTION takes strings.",
     "A response with ETag."},
    {{"dialect.long_downlink", word<&RecvDialect::long_downlink>(kLongDownlinkWords),
      "What becomes of a payload over 1024 octets from the server: it is reported whole, cut to "
      "1024, or not at all."},
     "The note limits what goes out, not what comes in.",
     "Nothing is lost in silence.",
     "A response of 1100 octets."},
    {{"dialect.quote_uint", boolean<&RecvDialect::quote_uint>(),
      "+QCOAPRECV quotes uint option values."},
     "The note shows no +QCOAPRECV with an option.",
     "As AT+QCOAPOPTION takes them: numbers bare.",
     "A response with Content-Format."},
    {{"dialect.nstart", integer<&MessageLayerOptions::nstart>(1, 8),
      "Confirmable messages in flight at once (RFC 7252 §4.7)."},
     "The note is silent.",
     "RFC 7252 §4.7: one.",
     "Two confirmable messages to a dead port within a second, seen on the wire."},
    {{"dialect.queue_size_max", integer<&MessageLayerOptions::queue_size_max>(0, 64),
      "Confirmable messages that may wait for their turn; one more ends as dialect.queue_full "
      "says."},
     "The note accepts a message before its fate is known, and names no limit.",
     "A host that sends bursts loses nothing, and memory is bounded.",
     "Ten confirmable messages to a dead port, and their +QCOAPACK."},
    {{"dialect.queue_full", word<&Dialect::queue_full>(kQueueFullWords),
      "The result of a confirmable message that finds the queue full: -8, -2 or -3; with "
      "dialect.queue_size_max=0 the second one in flight ends so."},
     "The note has out of memory, operation in processing and operation not allowed, without a "
     "case for any.",
     "A queue that is full is memory that is out.",
     "Ten confirmable messages to a dead port, and their +QCOAPACK."},
    {{"dialect.auto_ack", word<&MessageLayerOptions::auto_ack>(kAutoAckWords),
      "Which confirmable messages from the server the module acknowledges by itself."},
     "+QCOAPRECV has no type, so that a host cannot know that an acknowledgement is due; but "
     "AT+QCOAPSEND can send one.",
     "The module acknowledges responses and notifications, the host answers requests.",
     "A separate response, a notification and a request from the server, seen on the wire."},
    {{"dialect.unknown_token", word<&MessageLayerOptions::unknown_token>(kUnknownTokenWords),
      "What becomes of a response that no request of the session asked for."},
     "RFC 7252 §5.3.2 rejects it; observing is the host's business.",
     "As the RFC, and tokens are remembered while an observation may run.",
     "A confirmable response with another token."},
    {{"dialect.deliver_mismatched", boolean<&MessageLayerOptions::deliver_mismatched>(),
      "A piggybacked response with a foreign token is delivered, not dropped."},
     "Some servers replay an old answer when a host uses a message ID again within 247 s.",
     "RFC 7252 §5.3.2: the token must match.",
     "Two requests with one message ID and two tokens to such a server."},
    {{"dialect.reject_critical", boolean<&MessageLayerOptions::reject_critical>(),
      "A response with a critical option that is unknown, or of requests only, is not delivered."},
     "RFC 7252 §5.4.1 rejects it.",
     "As the RFC.",
     "A response with option 9."},
};

}  // namespace

std::span<const DialectKey> message_dialect() {
  return kMessageDialect;
}

}  // namespace vmodem::app
