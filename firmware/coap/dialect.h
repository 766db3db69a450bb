// Behaviours that the note leaves open, each a switch with the default of qcoap.md. A host
// developer can run the host against every reading, which no hardware offers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "at_engine/serial_output.h"
#include "coap_core/message_layer.h"
#include "firmware/base/time.h"

namespace vmodem::firmware {

// The note §3.3.6, of what goes out; of what comes in it says nothing.
inline constexpr std::size_t kPayloadSizeMax = 1024;

enum class IdleClose : std::uint8_t { kError, kOk, kNotAllowed };
enum class FullQueue : std::uint8_t { kOutOfMemory, kInProcessing, kNotAllowed };
enum class DeadDtlsPort : std::uint8_t { kHandshakeFailure, kSocketFailure };
enum class EscapeAnswer : std::uint8_t { kOk, kError, kNone };
enum class LongPayload : std::uint8_t { kErrorAtEnd, kErrorAtOnce, kSent };
enum class LongDownlink : std::uint8_t { kWhole, kCut, kDropped };

// The data mode of AT+QCOAPSEND (qcoap.md §7).
struct PayloadDialect {
  EscapeAnswer escape_answer = EscapeAnswer::kOk;
  bool control_ends_counted = false;      // Ctrl-Z and Esc end a payload of announced length too
  std::optional<Duration> input_timeout;  // without an octet; nothing: waits for ever
  LongPayload long_payload = LongPayload::kErrorAtEnd;
  std::size_t length_min = 0;             // of an announced length
};

// The text of +QCOAPRECV (qcoap.md §9).
struct RecvDialect {
  bool option_numbers = true;  // in front of each value
  bool quote_string = true;
  bool quote_opaque = true;
  bool quote_uint = false;
  LongDownlink long_downlink = LongDownlink::kWhole;  // payloads over 1024 octets
};

struct Dialect {
  bool auto_activate_pdp = true;         // qcoap.md §3
  bool default_bearer = true;            // qcoap.md §3: LTE attaches with bearer 1
  bool presets_survive_close = true;     // §4
  Duration closing_time = 0s;            // §4: a network that is slow to disconnect
  bool partial_values = true;            // §2: AT+QCOAPCFG takes some values and keeps the others
  bool token_text = false;               // §5: the token is TKL raw characters, not hex
  bool sticky_message_id = false;        // §5: every message repeats the header's message ID
  bool any_option_number = false;        // §6
  bool string_escapes = false;           // §6: \22 and \5C in option strings (V.250 §5.4.2.2)
  bool split_uri = false;                // §6: Uri-Path at '/', Uri-Query at '&'
  bool ack_after_retransmission = true;  // §8
  bool ind_at_send = false;              // §8
  double ack_random_factor = 1.5;        // §8
  bool keep_token = false;               // §5: mode 0 without <TKL> keeps the token before it
  bool check_generated_token = true;     // §5: mode 1 checks the token that it does not use
  bool clear_empty_option = false;       // §6: mode 1 of an empty slot is OK, not ERROR
  bool any_type_and_code = false;        // §7: NON 0.00, RST with a code, ACK of a request are sent
  bool list_idle_clients = false;        // §3: AT+QCOAPOPEN? has them with status 0
  bool show_unused_dtls_context = true;  // §2: the query prints <DTLS_contextID> with DTLS off
  bool keep_local_port = false;          // §3: an open uses the local port of the one before
  bool psk_key_text = false;             // §10: the key in the PSK file is text, not hex
  IdleClose close_idle = IdleClose::kError;                           // §4
  FullQueue queue_full = FullQueue::kOutOfMemory;                     // §7
  DeadDtlsPort dead_dtls_port = DeadDtlsPort::kHandshakeFailure;      // §3
  at::PromptForm prompt;                                              // §1
  PayloadDialect payload;
  RecvDialect recv;
  bool repeat_activation = false;        // quectel-at.md §7: AT+QIACT of an active context is OK
  bool hold_urcs_while_typing = true;    // architecture §6
  bool report_cut_upload = false;        // quectel-at.md §9.3: +QFUPL line after "+++"
  bool three_digit_registers = true;     // V.250: ATS3? prints 013
  coap::MessageLayerOptions
      messages;  // nstart, auto_ack, unknown_token, deliver_mismatched, reject_critical
};

}  // namespace vmodem::firmware
