// The question for each switch, by the name of its key.
#pragma once

#include "tools/conform/survey/interview.h"

namespace vmodem::conform::probe {

// Answered by a command alone.
Finding default_bearer(Interview& interview);
Finding auto_activate_pdp(Interview& interview);
Finding repeat_activation(Interview& interview);
Finding three_digit_registers(Interview& interview);
Finding list_idle_clients(Interview& interview);
Finding close_idle(Interview& interview);
Finding show_unused_dtls_context(Interview& interview);
Finding partial_values(Interview& interview);
Finding token_text(Interview& interview);
Finding check_generated_token(Interview& interview);
Finding any_option_number(Interview& interview);
Finding clear_empty_option(Interview& interview);
Finding report_cut_upload(Interview& interview);
// By the prompt of AT+QCOAPSEND and what follows it.
Finding prompt_line_end(Interview& interview);
Finding prompt_blank(Interview& interview);
Finding length_min(Interview& interview);
Finding any_type_and_code(Interview& interview);
Finding escape_answer(Interview& interview);
Finding control_ends_counted(Interview& interview);
Finding long_payload(Interview& interview);
Finding input_timeout(Interview& interview);
// By what the server gets.
Finding keep_token(Interview& interview);
Finding sticky_message_id(Interview& interview);
Finding string_escapes(Interview& interview);
Finding split_uri(Interview& interview);
Finding nstart(Interview& interview);
Finding queue_size_max(Interview& interview);
Finding queue_full(Interview& interview);
// By what the modem makes of what the server says.
Finding option_numbers(Interview& interview);
Finding quote_string(Interview& interview);
Finding quote_opaque(Interview& interview);
Finding quote_uint(Interview& interview);
Finding long_downlink(Interview& interview);
Finding auto_ack(Interview& interview);
Finding unknown_token(Interview& interview);
Finding deliver_mismatched(Interview& interview);
Finding reject_critical(Interview& interview);
Finding hold_urcs_while_typing(Interview& interview);
// By a session's begin and end, and by retransmissions.
Finding psk_key_text(Interview& interview);
Finding dead_dtls_port(Interview& interview);
// Begins what dead_dtls_port() waits for; false: no handshake begins.
bool begin_secured(Interview& interview);
Finding presets_survive_close(Interview& interview);
Finding closing_time(Interview& interview);
Finding keep_local_port(Interview& interview);
Finding ack_random_factor(Interview& interview);
Finding ind_at_send(Interview& interview);
Finding ack_after_retransmission(Interview& interview);

}  // namespace vmodem::conform::probe
