// Switches that show in what the server gets.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "coap_core/codec.h"
#include "firmware/base/hex.h"
#include "firmware/journal/transcript/transcript_text.h"
#include "tools/conform/survey/probe_functions.h"

namespace vmodem::conform::probe {
namespace {

constexpr std::string_view kUnopened = "a session cannot be opened";
constexpr std::string_view kUnheard = "the server got no message";
constexpr std::uint16_t kUriPath = 11;
// The most that nstart and queue_size_max may be together, and one more.
constexpr std::size_t kBurstMax = 8 + 64 + 1;
constexpr int kBurstClient = 1;

std::string options_text(const coap::Message& message, std::uint16_t number) {
  std::string text;
  for (const auto& option : message.options) {
    if (option.number != number) continue;
    text +=
        fmt::format("{}{}", text.empty() ? "" : " and ", transcript::escape(as_text(option.value)));
  }
  return text.empty() ? "no option" : text;
}

Finding by_path(Interview& interview, std::string_view path, const std::vector<Choice>& choices) {
  const auto question = fmt::format("a Uri-Path of \"{}\"", path);
  if (!interview.has_session(0)) return unanswered(question, std::string(kUnopened));
  const auto set = interview.dialogue.ask(fmt::format("AT+QCOAPOPTION=0,0,5,11,\"{}\"", path));
  if (!set.is_ok()) return choose(question, set.text(), choices);
  const auto message = interview.request(coap::Type::kNonConfirmable, 1 << 5);
  (void)interview.dialogue.ask("AT+QCOAPOPTION=0,1,5");
  if (!message) return unanswered(question, std::string(kUnheard));
  return choose(question, options_text(*message, kUriPath), choices);
}

// What became of a burst of confirmable messages that nobody answers.
struct Burst {
  std::size_t at_once = 0;   // on the wire
  std::size_t accepted = 0;  // before the first that was not
  std::string refusal{};     // the result in its +QCOAPACK; empty: none was refused
};

// Of the message with that number in the burst.
struct Refusal {
  std::size_t place;
  std::string result;
};

std::optional<Refusal> refusal_of(Interview& interview, std::uint16_t first_id) {
  const auto start = fmt::format("+QCOAPACK: {},0,", kBurstClient);
  const auto line = interview.dialogue.await_line(start, Duration::zero());
  if (!line) return std::nullopt;
  const auto rest = std::string_view(line->text).substr(start.size());
  std::uint16_t id = first_id;
  const auto end = std::from_chars(rest.data(), rest.data() + rest.size(), id).ptr;
  const auto comma = static_cast<std::size_t>(end - rest.data());
  return Refusal{static_cast<std::uint16_t>(id - first_id),
                 std::string(rest.substr(std::min(comma + 1, rest.size())))};
}

std::size_t count_heard(Interview& interview, std::uint16_t fence) {
  std::set<std::uint16_t> heard;
  while (const auto message = interview.hear(kMute)) {
    if (message->message_id == fence) break;
    heard.insert(message->message_id);
  }
  return heard.size();
}

std::optional<Burst> burst(Interview& interview) {
  auto& dialogue = interview.dialogue;
  if (!interview.has_session(kBurstClient, kMute)) return std::nullopt;
  (void)dialogue.ask(fmt::format("AT+QCOAPCFG=\"trans\",{},60,8", kBurstClient));
  dialogue.drop_datagrams(kMute);
  Burst seen;
  std::optional<std::uint16_t> first_id;
  for (; seen.accepted < kBurstMax; ++seen.accepted) {
    const auto id = interview.preset(kBurstClient);
    if (!first_id) first_id = id;
    if (interview.post(kBurstClient, coap::Type::kConfirmable, 1, 0) != "OK") return std::nullopt;
    (void)dialogue.ask("AT");
    if (auto refusal = refusal_of(interview, *first_id)) {
      seen.accepted = refusal->place;
      seen.refusal = std::move(refusal->result);
      break;
    }
  }
  // NON passes the queue: what was sent before it came before it.
  const auto fence = interview.preset(kBurstClient);
  (void)interview.post(kBurstClient, coap::Type::kNonConfirmable, 1, 0);
  seen.at_once = count_heard(interview, fence);
  return seen;
}

constexpr std::string_view kBurstQuestion = "confirmable messages to a server that does not answer";

// The three switches of one burst; what asks first answers for all.
void ask_burst(Interview& interview) {
  auto& switches = interview.findings.switches;
  const auto seen = burst(interview);
  const std::string question(kBurstQuestion);
  if (!seen) {
    for (const auto* key : {"dialect.nstart", "dialect.queue_size_max", "dialect.queue_full"}) {
      switches[key] = unanswered(question, "messages are not accepted");
    }
    return;
  }
  const auto answer = fmt::format("{} at once on the wire", seen->at_once);
  const bool is_known = seen->at_once >= 1 && seen->at_once <= 8;
  switches["dialect.nstart"] = is_known ? found(std::to_string(seen->at_once), question, answer)
                                        : unexplained(question, answer, "1 to 8 at once");
  const auto waiting = seen->accepted - std::min(seen->accepted, seen->at_once);
  const auto all = fmt::format("{} accepted, {}", seen->accepted, answer);
  const bool is_bounded = !seen->refusal.empty() && waiting <= 64;
  switches["dialect.queue_size_max"] = is_bounded
                                           ? found(std::to_string(waiting), question, all)
                                           : unexplained(question, all, "0 to 64 more accepted");
  switches["dialect.queue_full"] =
      choose(question, "+QCOAPACK with " + (seen->refusal.empty() ? "no refusal" : seen->refusal),
             {{"out_of_memory", "+QCOAPACK with -8"},
              {"in_processing", "+QCOAPACK with -2"},
              {"not_allowed", "+QCOAPACK with -3"}});
}

Finding of_burst(Interview& interview, std::string_view key) {
  if (interview.findings.find(key) == nullptr) ask_burst(interview);
  return interview.findings.switches[std::string(key)];
}

}  // namespace

Finding keep_token(Interview& interview) {
  const bool is_text = interview.findings.has("dialect.token_text", "true");
  const std::string question = "a token, then AT+QCOAPHEADER=0,2,0 and a message";
  if (!interview.has_session(0)) return unanswered(question, std::string(kUnopened));
  auto& dialogue = interview.dialogue;
  dialogue.drop_datagrams(kServer);
  (void)dialogue.ask(fmt::format("AT+QCOAPHEADER=0,1,0,2,\"{}\"", is_text ? "pq" : "7071"));
  (void)dialogue.ask("AT+QCOAPHEADER=0,2,0");
  (void)interview.post(0, coap::Type::kNonConfirmable, 1, 0);
  const auto message = interview.hear(kServer);
  if (!message) return unanswered(question, std::string(kUnheard));
  const auto token = to_hex_lower(message->token.view());
  return choose(question, token.empty() ? "no token" : token,
                {{"false", "no token"}, {"true", "7071"}});
}

Finding sticky_message_id(Interview& interview) {
  const std::string question = "two messages behind one AT+QCOAPHEADER";
  if (!interview.has_session(0)) return unanswered(question, std::string(kUnopened));
  const auto first = interview.request(coap::Type::kNonConfirmable);
  (void)interview.post(0, coap::Type::kNonConfirmable, 1, 0);
  const auto second = interview.hear(kServer);
  if (!first || !second) return unanswered(question, std::string(kUnheard));
  (void)interview.preset(0);
  return choose(question,
                fmt::format("the second counts {} on", second->message_id - first->message_id),
                {{"false", "the second counts 1 on"}, {"true", "the second counts 0 on"}});
}

Finding string_escapes(Interview& interview) {
  return by_path(interview, "a\\22b",
                 {{"false", transcript::escape("a\\22b")}, {"true", transcript::escape("a\"b")}});
}

Finding split_uri(Interview& interview) {
  return by_path(interview, "a/b", {{"false", "a/b"}, {"true", "a and b"}});
}

Finding nstart(Interview& interview) {
  return of_burst(interview, "dialect.nstart");
}

Finding queue_size_max(Interview& interview) {
  return of_burst(interview, "dialect.queue_size_max");
}

Finding queue_full(Interview& interview) {
  return of_burst(interview, "dialect.queue_full");
}

}  // namespace vmodem::conform::probe
