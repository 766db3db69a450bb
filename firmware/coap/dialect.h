// Behaviours that the note leaves open, each a switch with the default of qcoap.md. A host
// developer can run the host against every reading, which no hardware offers.
#pragma once

#include "coap_core/message_layer.h"
#include "firmware/base/time.h"

namespace vmodem::firmware {

struct Dialect {
  bool auto_activate_pdp = true;         // qcoap.md §3
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
  bool quote_uint = false;               // §9
  bool repeat_activation = false;        // quectel-at.md §7: AT+QIACT of an active context is OK
  bool hold_urcs_while_typing = true;    // architecture §6
  bool report_cut_upload = false;        // quectel-at.md §9.3: +QFUPL line after "+++"
  bool three_digit_registers = true;     // V.250: ATS3? prints 013
  coap::MessageLayerOptions
      messages;  // nstart, auto_ack, unknown_token, deliver_mismatched, reject_critical
};

}  // namespace vmodem::firmware
