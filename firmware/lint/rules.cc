#include "firmware/lint/rules.h"

#include <array>

namespace vmodem::lint {
namespace {

constexpr std::array<RuleInfo, kRuleCount> kRules{{
    {"command-before-result", true, "V.250 §5.5; TCP95 §2.3.2",
     "A command line was complete before the final result of the one before it had gone out. "
     "vmodem queues it; a module may drop it, or take it as the abort of the running command "
     "(V.250 §5.6.1).",
     "read up to OK, ERROR or +CME ERROR before you write the next line",
     "AT+QCOAPCLOSE=0 and AT+QCOAPOPEN=0,… in one write"},
    {"data-before-prompt", true, "the note §3.3.6; FILE95 §2.2.4",
     "Data were there before their command line ran, and so before \"> \" or CONNECT had asked "
     "for them. A module that is not in data mode yet takes them as command lines, or loses "
     "them.",
     "wait for \"> \" (CONNECT of file commands) behind the command line, then write the data",
     "AT+QCOAPSEND=0,0,2,0,5 and hello in one write"},
    {"gave-up-early", true, "the maximum response time of the command (docs/at_commands.md)",
     "The host wrote again, or opened again, before the time was over that the manual gives the "
     "answer. The first command is still being worked on, and both will be answered.",
     "wait as long as the manual says, and only then try again",
     "AT+QIACT=1 (150 s) again after 5 s"},
    {"error-repeated", false, "V.250 §5.7.1",
     "The same line was refused five times running, and nothing in the module had changed in "
     "between. It will be refused for ever.",
     "read why (AT+CMEE=2, AT+QIGETERROR), and change the line or the state before you repeat it",
     "AT+QCOAPSEND=0,0,1,1,0 over and over without a session"},
    {"undocumented-form", false, "docs/at_commands.md, evidence; the note §3.3.5",
     "vmodem took a form that no manual of this module has: hosts for other modules use it, or "
     "the note writes it otherwise. Firmware of another version may refuse it.",
     "use the documented form",
     "AT+CCID for AT+QCCID; AT+QCOAPOPTION=0,0,0,11,path without quotes"},
    {"reset-first", false, "AT95 §2.22",
     "The first answer to a single failure was to reset the module: AT+CFUN=1,1 directly behind "
     "it, without another try. That costs a registration, energy and wear, and hides what "
     "failed.",
     "try again after a pause, then close and open the session, then the PDP context; reset "
     "when that has failed several times",
     "+QCOAPOPEN: 0,-5, then AT+CFUN=1,1"},
    {"send-before-open", true, "the note §3.3.2, §3.3.6",
     "AT+QCOAPSEND came while its client had no session, as the host could know: it never "
     "opened one, +QCOAPOPEN had not come yet or had told a failure, or the host had closed it.",
     "wait for +QCOAPOPEN: c,0; OK only means that the module has begun",
     "AT+QCOAPOPEN=0,…, OK, AT+QCOAPSEND=0,…"},
    {"session-not-closed", false, "the note §3.3.3",
     "At the end of the run, or at a power-off or reset that the host asked for, a session was "
     "still open. The server keeps what it knows of it (observations, a DTLS session), and "
     "messages on their way are lost.",
     "AT+QCOAPCLOSE=c and wait for +QCOAPCLOSE: c,0 before you leave",
     "AT+QPOWD with client 0 open"},
    {"psk-file-trailing-octets", false, "the note §3.3.1; quectel-at.md §10.2",
     "Behind the key in the PSK file stand octets that do not belong to it: a line end, a "
     "blank, Ctrl-Z, NUL. vmodem drops them; a module may take them for part of the key.",
     "upload identity&key without anything behind it, and with its exact size in AT+QFUPL",
     "AT+QFUPL=\"0_server.psk\",… of a text file that ends in a line feed"},
    {"psk-file-lwm2m-form", true, "the note §3.3.1; LWM95 §2.5.2",
     "The PSK file has the form of LwM2M's credentials, which CoAP's sessions do not read.",
     "write identity&key, the key in hexadecimal digits", "|identity|:key in 0_server.psk"},
    {"slash-in-uri-path", false, "RFC 7252 §5.10.1, §6.4",
     "A Uri-Path option holds a slash. Each segment of a path is an option of its own; a server "
     "that takes it literally looks for one segment of that name.",
     "set one Uri-Path option for each segment, each in a slot of its own, and select all of them",
     "AT+QCOAPOPTION=0,0,0,11,\"a/b\""},
    {"message-id-reused", true, "RFC 7252 §4.4, §4.8.2",
     "AT+QCOAPHEADER gave a message ID that went to the same endpoint less than "
     "EXCHANGE_LIFETIME (247 s; 145 s behind a NON) ago, for another message or one that was "
     "answered. The server takes it for a duplicate: it repeats its old answer, or says "
     "nothing. A repetition of an unanswered message, octet for octet, is none.",
     "count the message ID up with each message, or send AT+QCOAPHEADER once and let the module "
     "count",
     "AT+QCOAPHEADER=0,1234,1 before every message"},
    {"post-retried", false, "RFC 7252 §4.5, §5.8.2",
     "A confirmable POST of which nobody knows whether it arrived was sent again as a new "
     "message. Where only the acknowledgement was lost, the server does it twice.",
     "make it idempotent: PUT, or a number in the payload by which the server knows it again",
     "+QCOAPACK: 0,0,7,-11, then the same POST with message ID 8"},
    {"non-too-fast", true, "RFC 7252 §4.7, §4.8",
     "Non-confirmable requests go to an endpoint that has never answered, at more than "
     "PROBING_RATE: one octet a second on average. Found at the fourth request at the earliest.",
     "slow down until something is heard, or send a CON now and then to see whether anybody is "
     "there",
     "a NON of 20 octets each second to a server that is down"},
}};

static_assert(static_cast<std::size_t>(Rule::kNonTooFast) + 1 == kRuleCount);

}  // namespace

std::span<const RuleInfo, kRuleCount> rules() {
  return kRules;
}

const RuleInfo& info_of(Rule rule) {
  return kRules[static_cast<std::size_t>(rule)];
}

}  // namespace vmodem::lint
