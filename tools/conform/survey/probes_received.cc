// Switches that show in what the modem makes of what the server says.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "firmware/base/hex.h"
#include "tools/conform/survey/probe_functions.h"

namespace vmodem::conform::probe {
namespace {

using coap::Type;

constexpr std::string_view kNotOpen = "a session cannot be opened";
constexpr std::string_view kNotHeard = "the server got no request";
const coap::Token kForeignToken(as_bytes("zz"));

struct Spelling {
  bool has_numbers;
  bool quotes_strings;
  bool quotes_opaque;
  bool quotes_uints;
};

std::string spelled(const Spelling& spelling) {
  const auto item = [&](int number, std::string_view value, bool is_quoted) {
    const auto text = is_quoted ? fmt::format("\"{}\"", value) : std::string(value);
    return spelling.has_numbers ? fmt::format("{},{}", number, text) : text;
  };
  return fmt::format("3,{},{},{},1", item(4, "0AFF", spelling.quotes_opaque),
                     item(8, "ab", spelling.quotes_strings), item(12, "40", spelling.quotes_uints));
}

// ETag, Location-Path and Content-Format, one of each format.
std::optional<std::string> options_of_response(Interview& interview) {
  const auto request = interview.request(Type::kNonConfirmable);
  if (!request) return std::nullopt;
  auto response = interview.response(*request, "x");
  response.options = {{4, {0x0A, 0xFF}}, {8, {'a', 'b'}}, {12, {40}}};
  interview.say(response);
  (void)interview.fence();
  const auto line = interview.received();
  if (!line) return "no +QCOAPRECV";
  const auto token = to_hex_upper(request->token.view());
  const auto start = fmt::format("+QCOAPRECV: 0,{},2.05,{},{},", response.message_id,
                                 request->token.size(), token);
  return line->text.starts_with(start) ? line->text.substr(start.size()) : line->text;
}

std::optional<Spelling> spelling_of(std::string_view text) {
  for (unsigned i = 0; i < 16; ++i) {
    const Spelling one{(i & 1) != 0, (i & 2) != 0, (i & 4) != 0, (i & 8) != 0};
    if (spelled(one) == text) return one;
  }
  return std::nullopt;
}

Finding of_options(Interview& interview, bool Spelling::*member) {
  const std::string question = "a response with ETag, Location-Path and Content-Format";
  if (!interview.has_session(0)) return unanswered(question, std::string(kNotOpen));
  const auto text = options_of_response(interview);
  if (!text) return unanswered(question, std::string(kNotHeard));
  const auto spelling = spelling_of(*text);
  if (!spelling) {
    return unexplained(question, *text,
                       fmt::format("{} or {}, or of the kind", spelled({true, true, true, false}),
                                   spelled({false, false, false, true})));
  }
  return found((*spelling).*member ? "true" : "false", question, *text);
}

std::string delivery(Interview& interview) {
  return interview.received() ? "+QCOAPRECV" : "no +QCOAPRECV";
}

bool acknowledges(const std::vector<coap::Message>& heard, std::uint16_t id) {
  return std::ranges::any_of(heard, [&](const coap::Message& one) {
    return one.type == Type::kAcknowledgement && one.message_id == id;
  });
}

}  // namespace

Finding option_numbers(Interview& interview) {
  return of_options(interview, &Spelling::has_numbers);
}

Finding quote_string(Interview& interview) {
  return of_options(interview, &Spelling::quotes_strings);
}

Finding quote_opaque(Interview& interview) {
  return of_options(interview, &Spelling::quotes_opaque);
}

Finding quote_uint(Interview& interview) {
  return of_options(interview, &Spelling::quotes_uints);
}

Finding long_downlink(Interview& interview) {
  const std::string question = "a response of 1100 octets";
  if (!interview.has_session(0)) return unanswered(question, std::string(kNotOpen));
  const auto request = interview.request(Type::kNonConfirmable);
  if (!request) return unanswered(question, std::string(kNotHeard));
  interview.say(interview.response(*request, std::string(1100, 'y')));
  (void)interview.fence();
  const auto line = interview.received();
  return choose(question, line ? fmt::format("{} octets", line->payload.size()) : "no +QCOAPRECV",
                {{"whole", "1100 octets"}, {"cut", "1024 octets"}, {"dropped", "no +QCOAPRECV"}});
}

Finding auto_ack(Interview& interview) {
  const std::string question = "a confirmable response and a confirmable request";
  if (!interview.has_session(0)) return unanswered(question, std::string(kNotOpen));
  const auto request = interview.request(Type::kNonConfirmable);
  if (!request) return unanswered(question, std::string(kNotHeard));
  auto response = interview.response(*request, "x");
  response.type = Type::kConfirmable;
  interview.say(response);
  const coap::Message asks{.code = coap::Code::kPost,
                           .message_id = interview.server_message_id(),
                           .token = kForeignToken,
                           .options = {},
                           .payload = {'x'}};
  interview.say(asks);
  const auto heard = interview.fence();
  return choose(question,
                fmt::format("the response {}, the request {}",
                            acknowledges(heard, response.message_id) ? "acknowledged" : "not",
                            acknowledges(heard, asks.message_id) ? "acknowledged" : "not"),
                {{"responses", "the response acknowledged, the request not"},
                 {"all", "the response acknowledged, the request acknowledged"},
                 {"none", "the response not, the request not"}});
}

Finding unknown_token(Interview& interview) {
  const std::string question = "a response with a token of no request";
  if (!interview.has_session(0)) return unanswered(question, std::string(kNotOpen));
  const auto request = interview.request(Type::kNonConfirmable);
  if (!request) return unanswered(question, std::string(kNotHeard));
  auto response = interview.response(*request, "x");
  response.token = kForeignToken;
  interview.say(response);
  (void)interview.fence();
  return choose(question, delivery(interview),
                {{"reject", "no +QCOAPRECV"}, {"deliver", "+QCOAPRECV"}});
}

Finding deliver_mismatched(Interview& interview) {
  const std::string question = "a piggybacked response with a foreign token";
  if (!interview.has_session(0)) return unanswered(question, std::string(kNotOpen));
  const auto request = interview.request(Type::kConfirmable);
  if (!request) return unanswered(question, std::string(kNotHeard));
  auto response = interview.response(*request, "x");
  response.type = Type::kAcknowledgement;
  response.message_id = request->message_id;
  response.token = kForeignToken;
  interview.say(response);
  (void)interview.fence();
  return choose(question, delivery(interview),
                {{"false", "no +QCOAPRECV"}, {"true", "+QCOAPRECV"}});
}

Finding reject_critical(Interview& interview) {
  const std::string question = "a response with option 9";
  if (!interview.has_session(0)) return unanswered(question, std::string(kNotOpen));
  const auto request = interview.request(Type::kNonConfirmable);
  if (!request) return unanswered(question, std::string(kNotHeard));
  auto response = interview.response(*request, "x");
  response.options = {{9, {'a'}}};
  interview.say(response);
  (void)interview.fence();
  return choose(question, delivery(interview),
                {{"true", "no +QCOAPRECV"}, {"false", "+QCOAPRECV"}});
}

// A request of the server is delivered however the other switches stand.
Finding hold_urcs_while_typing(Interview& interview) {
  const std::string question = "a request from the server while AT+QCOAP is typed";
  if (!interview.has_session(0)) return unanswered(question, std::string(kNotOpen));
  if (!interview.request(Type::kNonConfirmable))
    return unanswered(question, std::string(kNotHeard));
  (void)interview.dialogue.ask("AT");
  auto& dialogue = interview.dialogue;
  dialogue.type("AT+QCOAP");
  // The line and the network are two ways in: what was typed has to be read before.
  dialogue.wait(2 * dialogue.patience().silence);
  interview.say({.type = Type::kNonConfirmable,
                 .code = coap::Code::kPost,
                 .message_id = interview.server_message_id(),
                 .token = kForeignToken,
                 .options = {},
                 .payload = {'x'}});
  // A URC that does not wait comes within this time, or at least before the answer.
  if (dialogue.await_line("+QCOAPRECV: ", dialogue.patience().silence)) {
    dialogue.type("OPEN?\r");
    (void)dialogue.await_result();
    return found("false", question, "+QCOAPRECV at once");
  }
  dialogue.type("OPEN?\r");
  const auto result = dialogue.await_line("OK");
  const auto urc = dialogue.await_line("+QCOAPRECV: ");
  const auto order = !result || !urc                ? "no +QCOAPRECV"
                     : urc->number < result->number ? "+QCOAPRECV at once"
                                                    : "+QCOAPRECV behind the line's answer";
  return choose(question, order,
                {{"true", "+QCOAPRECV behind the line's answer"}, {"false", "+QCOAPRECV at once"}});
}

}  // namespace vmodem::conform::probe
