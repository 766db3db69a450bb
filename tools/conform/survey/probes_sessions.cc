// Switches that show at a session's begin and end.
#include <fmt/format.h>

#include <algorithm>

#include "firmware/base/duration_text.h"
#include "tools/conform/survey/probe_functions.h"

namespace vmodem::conform::probe {
namespace {

constexpr std::string_view kCannotOpen = "a session cannot be opened";
constexpr std::uint8_t kHandshakeRecord = 22;  // RFC 6347 §4.1
constexpr int kSecureClient = 5;
constexpr std::string_view kSecureResult = "+QCOAPOPEN: 5,";
constexpr int kNegotiationSeconds = 10;  // the least that AT+QSSLCFG takes
constexpr Duration kHelloTime = 3s;
constexpr Duration kOpenTimeMax = 80s;

// What an open with DTLS shows first.
struct FirstSign {
  bool is_hello = false;
  std::string result{};  // of +QCOAPOPEN; empty: none yet
};

std::string file_of(int context) {
  return fmt::format("UFS:{}_server.psk", context);
}

// One whose file is not there: a device's own keys are left alone.
std::optional<int> free_context(Interview& interview) {
  for (int context = 5; context >= 0; --context) {
    const auto reply = interview.dialogue.ask(fmt::format("AT+QFLST=\"{}\"", file_of(context)));
    if (reply.lines.empty()) return context;
  }
  return std::nullopt;
}

FirstSign open_secured(Interview& interview, int context, std::string_view key_file) {
  auto& dialogue = interview.dialogue;
  if (!key_file.empty()) {
    const auto upload = fmt::format("AT+QFUPL=\"{}\",{}", file_of(context), key_file.size());
    if (dialogue.ask(upload).result != "CONNECT") return {};
    dialogue.type(key_file);
    (void)dialogue.await_result();
  }
  (void)dialogue.ask(fmt::format("AT+QCOAPCFG=\"dtls\",{},1,{}", kSecureClient, context));
  (void)dialogue.ask(
      fmt::format("AT+QSSLCFG=\"negotiatetime\",{},{}", context, kNegotiationSeconds));
  dialogue.drop_datagrams(kMute);
  interview.secured.context = context;
  interview.secured.begun = dialogue.now();
  (void)dialogue.ask(fmt::format("AT+QCOAPOPEN={},\"{}\",{}", kSecureClient, interview.meeting.host,
                                 interview.meeting.ports[kMute]));
  FirstSign sign;
  const auto end = dialogue.now() + kHelloTime;
  while (!sign.is_hello && sign.result.empty() && dialogue.now() < end && !dialogue.trouble()) {
    if (const auto datagram = dialogue.await_datagram(kMute, 50ms)) {
      sign.is_hello = !datagram->octets.empty() && datagram->octets[0] == kHandshakeRecord;
    } else if (const auto line = dialogue.await_line(kSecureResult, Duration::zero())) {
      sign.result = line->text.substr(kSecureResult.size());
    }
  }
  if (!key_file.empty()) (void)dialogue.ask(fmt::format("AT+QFDEL=\"{}\"", file_of(context)));
  interview.secured.is_open = sign.is_hello;
  return sign;
}

std::string text_of(const FirstSign& sign) {
  if (sign.is_hello) return "a ClientHello";
  return sign.result.empty() ? "nothing" : "+QCOAPOPEN with " + sign.result;
}

constexpr std::string_view kReopening = "a session, an option preset, AT+QCOAPCLOSE and a session";

struct Reopened {
  Duration closing{};
  std::string sender_before{};
  std::string sender_after{};
  bool has_option = false;
};

std::optional<Reopened> reopen(Interview& interview) {
  constexpr int kMask = 1 << 4;
  Reopened seen;
  if (!interview.has_session(0)) return std::nullopt;
  (void)interview.dialogue.ask("AT+QCOAPOPTION=0,0,4,11,\"p\"");
  if (!interview.request(coap::Type::kNonConfirmable, kMask)) return std::nullopt;
  seen.sender_before = interview.dialogue.sender(kServer);
  const auto closing = interview.close(0);
  if (!closing || !interview.has_session(0)) return std::nullopt;
  seen.closing = *closing;
  const auto message = interview.request(coap::Type::kNonConfirmable, kMask);
  if (!message) return std::nullopt;
  seen.sender_after = interview.dialogue.sender(kServer);
  seen.has_option = !message->options.empty();
  (void)interview.dialogue.ask("AT+QCOAPOPTION=0,1,4");
  return seen;
}

Finding port_finding(const Reopened& seen, const std::string& question) {
  if (seen.sender_before.empty()) {
    return not_observable(question, "where a datagram comes from is not told");
  }
  const bool is_kept = seen.sender_before == seen.sender_after;
  return found(is_kept ? "true" : "false", question, is_kept ? "the same port" : "another port");
}

// Three switches of one reopening; what asks first answers for all.
Finding of_reopening(Interview& interview, std::string_view key) {
  if (const auto* known = interview.findings.find(key)) return *known;
  auto& switches = interview.findings.switches;
  const std::string question(kReopening);
  const auto seen = reopen(interview);
  if (!seen) return unanswered(question, std::string(kCannotOpen));
  switches["dialect.presets_survive_close"] =
      found(seen->has_option ? "true" : "false", question,
            seen->has_option ? "the option is in the next message" : "it is not");
  switches["dialect.closing_time"] = found(interview.in_steps(seen->closing), question,
                                           "+QCOAPCLOSE behind " + duration_text(seen->closing));
  switches["dialect.keep_local_port"] = port_finding(*seen, question);
  interview.findings.times["AT+QCOAPCLOSE"] = seen->closing;
  return switches[std::string(key)];
}

}  // namespace

// A key that is no hex is malformed, and then no handshake begins. A module that reads the file
// late would begin one without any file.
Finding psk_key_text(Interview& interview) {
  const std::string question = "an open with DTLS and a key file that is no hex";
  const auto context = free_context(interview);
  if (!context) return not_observable(question, "each SSL context has a key file of the device");
  if (!interview.activate()) return unanswered(question, "the context cannot be activated");
  if (open_secured(interview, *context, "").is_hello) {
    return not_observable(question, "a handshake begins without a key file too");
  }
  const auto sign = open_secured(interview, *context, "survey&no-hex-key");
  (void)begin_secured(interview);
  return choose(question, text_of(sign),
                {{"false", "+QCOAPOPEN with -9"}, {"true", "a ClientHello"}});
}

// The handshake goes on beside other questions; dead_dtls_port() has the last word.
Finding dead_dtls_port(Interview& interview) {
  const std::string question = "an open with DTLS to a port that stays silent";
  auto& secured = interview.secured;
  if (!secured.is_open && !begin_secured(interview)) {
    return unanswered(question, "no handshake begins");
  }
  if (secured.result.empty()) {
    const auto line = interview.dialogue.await_line(kSecureResult, kOpenTimeMax);
    if (line) interview.keep(*line);
  }
  if (secured.result.empty()) return unanswered(question, "no +QCOAPOPEN came");
  interview.findings.times["AT+QCOAPOPEN with DTLS to a silent port"] =
      secured.ended - secured.begun;
  return choose(
      question, secured.result,
      {{"handshake_failure", "+QCOAPOPEN: 5,-9"}, {"socket_failure", "+QCOAPOPEN: 5,-7"}});
}

bool begin_secured(Interview& interview) {
  if (interview.secured.is_open) return true;
  const auto context = free_context(interview);
  if (!context || !interview.activate()) return false;
  // The key is one in both readings.
  return open_secured(interview, *context, "survey&31323334").is_hello;
}

Finding presets_survive_close(Interview& interview) {
  return of_reopening(interview, "dialect.presets_survive_close");
}

Finding closing_time(Interview& interview) {
  return of_reopening(interview, "dialect.closing_time");
}

Finding keep_local_port(Interview& interview) {
  return of_reopening(interview, "dialect.keep_local_port");
}

}  // namespace vmodem::conform::probe
