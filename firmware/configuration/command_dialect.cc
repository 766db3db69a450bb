#include <array>

#include "firmware/configuration/dialect_tables.h"
#include "firmware/configuration/places.h"

namespace vmodem::app {
namespace {

using firmware::Dialect;

constexpr std::array<std::string_view, 3> kIdleCloseWords{"error", "ok", "not_allowed"};
constexpr std::array<std::string_view, 2> kDeadPortWords{"handshake_failure", "socket_failure"};

constexpr DialectKey kCommandDialect[] = {
    {{"dialect.auto_activate_pdp", boolean<&Dialect::auto_activate_pdp>(),
      "AT+QCOAPOPEN activates an inactive PDP context; false: it ends in -4."},
     "The note's examples open without AT+QIACT, and its table of results has -6 and -4; hosts "
     "open with AT+QIACT before and without.",
     "The examples run as printed.",
     "AT+QCOAPOPEN after a reset, with AT+QIACT? before and after."},
    {{"dialect.default_bearer", boolean<&Dialect::default_bearer>(),
      "Registration in LTE brings bearer 1, as AT+CGACT? tells; false: the host activates it."},
     "3GPP TS 23.401: an LTE attach brings a default bearer; captures of two LTE modules show "
     "+CGACT: 1,1 after it.",
     "As the standard.",
     "AT+CGACT? after registration, before any activation."},
    {{"dialect.closing_time", duration<&Dialect::closing_time>(0s, 75s),
      "How long AT+QCOAPCLOSE takes; 0 s: until its command line is done."},
     "The note has a status 4, disconnecting, and 75 s for the command.",
     "No time: UDP has nothing to wait for.",
     "AT+QCOAPCLOSE=0;+QCOAPOPEN? with a session, and the time until +QCOAPCLOSE."},
    {{"dialect.partial_values", boolean<&Dialect::partial_values>(),
      "AT+QCOAPCFG takes some of its values and keeps the others; false: all or none."},
     "The note puts the values in brackets of their own and names no empty one.",
     "A value left out stays what it is.",
     "AT+QCOAPCFG=\"trans\",0,7 and its query."},
    {{"dialect.show_unused_dtls_context", boolean<&Dialect::show_unused_dtls_context>(),
      "The query of AT+QCOAPCFG=\"dtls\" prints the context with DTLS off too."},
     "The note has one form of the answer, with both values.",
     "As the note.",
     "AT+QCOAPCFG=\"dtls\",0 after a reset."},
    {{"dialect.list_idle_clients", boolean<&Dialect::list_idle_clients>(),
      "AT+QCOAPOPEN? lists idle clients with status 0, and their last server."},
     "The note has a status 0, idle or disconnected, and puts the whole line in brackets.",
     "A line per session; hosts take a bare OK as closed.",
     "AT+QCOAPOPEN? after a reset, and after a close."},
    {{"dialect.close_idle", word<&Dialect::close_idle>(kIdleCloseWords),
      "What AT+QCOAPCLOSE of an idle client is: ERROR, OK alone, or OK and +QCOAPCLOSE: c,-3."},
     "The note has ERROR for any error, and a result -3, operation not allowed, that nothing "
     "else in it needs.",
     "What is visible at once is ERROR.",
     "AT+QCOAPCLOSE=0 after a reset."},
    {{"dialect.dead_dtls_port", word<&Dialect::dead_dtls_port>(kDeadPortWords),
      "The result of an open with DTLS where nothing at all answers: -9 or -7."},
     "The note has -7 for the socket and -9 for the handshake; UDP itself cannot tell a dead port.",
     "The socket is there, the handshake fails.",
     "AT+QCOAPOPEN with DTLS to a port where nobody listens."},
    {{"dialect.keep_local_port", boolean<&Dialect::keep_local_port>(),
      "AT+QCOAPOPEN uses the local port of the client's session before; false: a new one."},
     "No document names the local port; servers know an observer by it.",
     "A new socket, a new port.",
     "Two sessions of one client, seen by the server."},
    {{"dialect.psk_key_text", boolean<&Dialect::psk_key_text>(),
      "The key in the PSK file is text, not hex digits."},
     "The note's example has 18 hex digits that spell nine letters and figures.",
     "Hex, as the example: servers hold keys as octets.",
     "A server with the key 31, and a file that ends in &31."},
    {{"dialect.presets_survive_close", boolean<&Dialect::presets_survive_close>(),
      "Header and option presets survive AT+QCOAPCLOSE."},
     "The note presets them beside the session, on an idle client too, and names no end.",
     "They are the client's, as its configuration is.",
     "An option preset, a session closed and opened, and a message with that bit, seen by the "
     "server."},
    {{"dialect.token_text", boolean<&Dialect::token_text>(),
      "AT+QCOAPHEADER takes the token as raw characters, not as hex digits."},
     "The note has a string and a length of 0–8 bytes; its +QCOAPRECV shows 6 octets as 12 hex "
     "digits; a host sends 12 digits with a length of 6.",
     "What +QCOAPRECV prints can be given back.",
     "AT+QCOAPHEADER=0,1,0,2,\"abcd\" and the same with a length of 4."},
    {{"dialect.keep_token", boolean<&Dialect::keep_token>(),
      "AT+QCOAPHEADER with mode 0 and without TKL and token keeps the token before it."},
     "The note §3.1.1: what is left out has its previous value or its default.",
     "No token: it is how a host says that it wants none.",
     "AT+QCOAPHEADER=0,1,0,2,\"0102\", then =0,2,0, and a message."},
    {{"dialect.check_generated_token", boolean<&Dialect::check_generated_token>(),
      "AT+QCOAPHEADER with mode 1 refuses a TKL or token that would be wrong with mode 0."},
     "The note: both count with mode 0 only.",
     "What is out of range is ERROR.",
     "AT+QCOAPHEADER=0,1,1,9,\"01\"."},
    {{"dialect.sticky_message_id", boolean<&Dialect::sticky_message_id>(),
      "Every message repeats the message ID of the header preset instead of counting on."},
     "The note says that the ID detects duplicates, and nothing of the second message; hosts "
     "preset 1234 once and send for days.",
     "RFC 7252 §4.4 forbids the same ID within 247 s.",
     "Two messages after one AT+QCOAPHEADER."},
    {{"dialect.any_option_number", boolean<&Dialect::any_option_number>(),
      "AT+QCOAPOPTION takes every option number, unknown ones as opaque."},
     "The note's Table 3 lists 15 numbers, without Observe, which its chapter 3.4 speaks of, and "
     "without Block1 and Block2.",
     "Table 3 and Observe.",
     "AT+QCOAPOPTION=0,0,0,27,\"06\"."},
    {{"dialect.clear_empty_option", boolean<&Dialect::clear_empty_option>(),
      "AT+QCOAPOPTION that removes an option from an empty slot is OK, not ERROR."},
     "The note has no word on it; hosts ignore the answer.",
     "There is nothing to remove.",
     "AT+QCOAPOPTION=0,1,7 after a reset."},
    {{"dialect.string_escapes", boolean<&Dialect::string_escapes>(),
      "Option strings read \\22 and \\5C as V.250 does."},
     "V.250 §5.4.2.2 has the escapes; no document of the vendor speaks of them.",
     "Octets between the quotes are taken as they are.",
     "A Uri-Path of \"a\\22b\", seen by the server."},
    {{"dialect.split_uri", boolean<&Dialect::split_uri>(),
      "Uri-Path is split at / and Uri-Query at & into one option each."},
     "Hosts give a whole path with slashes as one value, and one segment an option too.",
     "RFC 7252 §5.10.1: a slash in a segment is data.",
     "A Uri-Path of \"a/b\", seen by the server."},
    {{"dialect.any_type_and_code", boolean<&Dialect::any_type_and_code>(),
      "AT+QCOAPSEND sends NON with code 0, RST with a code and ACK with a request, not ERROR."},
     "The note allows each type and each code; RFC 7252 §4.2, §4.3 and its Table 1 forbid these.",
     "As the RFC: servers ignore such messages, and the host would never learn why.",
     "AT+QCOAPSEND=0,1,0,0,0."},
    {{"dialect.hold_urcs_while_typing", boolean<&Dialect::hold_urcs_while_typing>(),
      "URCs wait, at most 5 s, while a command line is half typed."},
     "V.250 is silent; hosts read line by line and would lose both.",
     "A URC does not tear a line.",
     "A notification while AT+QCOAP has been sent without its CR."},
    {{"dialect.repeat_activation", boolean<&Dialect::repeat_activation>(),
      "AT+QIACT of an active context is OK, not ERROR."},
     "The vendor's manual on TCP/IP has a result 574 for it; hosts do it and go on either way.",
     "A result that exists is used: ERROR.",
     "AT+QIACT=1 twice."},
    {{"dialect.report_cut_upload", boolean<&Dialect::report_cut_upload>(),
      "An upload that +++ cuts off still reports +QFUPL before its OK."},
     "The manual on files says that what arrived stays, and shows no line.",
     "The upload is cut off before its own response.",
     "AT+QFUPL of 100 octets, 10 of them, and +++ between silences."},
    {{"dialect.three_digit_registers", boolean<&Dialect::three_digit_registers>(),
      "ATS3? prints 013 as V.250 does, not 13."},
     "V.250 prints three digits, the vendor's manual <n>.",
     "The standard where the vendor does not contradict it.",
     "ATS3?."},
};

}  // namespace

std::span<const DialectKey> command_dialect() {
  return kCommandDialect;
}

}  // namespace vmodem::app
