#include "tools/conform/survey/probes.h"

#include <fmt/format.h>

#include <array>

#include "tools/conform/survey/probe_functions.h"

namespace vmodem::conform {
namespace {

// What needs a device fresh from a reset is first; what takes long begins early and is asked last.
constexpr std::array kProbes = std::to_array<Probe>({
    {"dialect.default_bearer", &probe::default_bearer},
    {"dialect.auto_activate_pdp", &probe::auto_activate_pdp},
    {"dialect.repeat_activation", &probe::repeat_activation},
    {"dialect.psk_key_text", &probe::psk_key_text},
    {"dialect.three_digit_registers", &probe::three_digit_registers},
    {"dialect.list_idle_clients", &probe::list_idle_clients},
    {"dialect.close_idle", &probe::close_idle},
    {"dialect.show_unused_dtls_context", &probe::show_unused_dtls_context},
    {"dialect.partial_values", &probe::partial_values},
    {"dialect.token_text", &probe::token_text},
    {"dialect.check_generated_token", &probe::check_generated_token},
    {"dialect.any_option_number", &probe::any_option_number},
    {"dialect.clear_empty_option", &probe::clear_empty_option},
    {"dialect.length_min", &probe::length_min},
    {"dialect.prompt_line_end", &probe::prompt_line_end},
    {"dialect.prompt_blank", &probe::prompt_blank},
    {"dialect.any_type_and_code", &probe::any_type_and_code},
    {"dialect.escape_answer", &probe::escape_answer},
    {"dialect.control_ends_counted", &probe::control_ends_counted},
    {"dialect.long_payload", &probe::long_payload},
    {"dialect.keep_token", &probe::keep_token},
    {"dialect.sticky_message_id", &probe::sticky_message_id},
    {"dialect.string_escapes", &probe::string_escapes},
    {"dialect.split_uri", &probe::split_uri},
    {"dialect.option_numbers", &probe::option_numbers},
    {"dialect.quote_string", &probe::quote_string},
    {"dialect.quote_opaque", &probe::quote_opaque},
    {"dialect.quote_uint", &probe::quote_uint},
    {"dialect.long_downlink", &probe::long_downlink},
    {"dialect.auto_ack", &probe::auto_ack},
    {"dialect.unknown_token", &probe::unknown_token},
    {"dialect.deliver_mismatched", &probe::deliver_mismatched},
    {"dialect.reject_critical", &probe::reject_critical},
    {"dialect.hold_urcs_while_typing", &probe::hold_urcs_while_typing},
    {"dialect.presets_survive_close", &probe::presets_survive_close},
    {"dialect.closing_time", &probe::closing_time},
    {"dialect.keep_local_port", &probe::keep_local_port},
    {"dialect.nstart", &probe::nstart},
    {"dialect.queue_size_max", &probe::queue_size_max},
    {"dialect.queue_full", &probe::queue_full},
    {"dialect.ack_random_factor", &probe::ack_random_factor},
    {"dialect.ind_at_send", &probe::ind_at_send},
    {"dialect.ack_after_retransmission", &probe::ack_after_retransmission},
    {"dialect.report_cut_upload", &probe::report_cut_upload},
    {"dialect.input_timeout", &probe::input_timeout},
    {"dialect.dead_dtls_port", &probe::dead_dtls_port},
});

}  // namespace

std::span<const Probe> probes() {
  return kProbes;
}

void clean_up(Interview& interview) {
  auto& dialogue = interview.dialogue;
  if (dialogue.trouble()) return;
  for (int client = 0; client <= 5; ++client) {
    (void)dialogue.ask(fmt::format("AT+QCOAPCLOSE={}", client));
    (void)dialogue.ask(fmt::format("AT+QCOAPCFG=\"dtls\",{},0,0", client));
    (void)dialogue.ask(fmt::format("AT+QCOAPCFG=\"trans\",{},2,5", client));
  }
  (void)dialogue.ask("ATE1");
  if (interview.secured.context < 0) return;
  (void)dialogue.ask(fmt::format("AT+QSSLCFG=\"negotiatetime\",{},300", interview.secured.context));
}

}  // namespace vmodem::conform
