// Switches that show between the command line of AT+QCOAPSEND and its result.
#include <fmt/format.h>

#include <algorithm>

#include "firmware/base/duration_text.h"
#include "firmware/journal/transcript/transcript_text.h"
#include "tools/conform/survey/probe_functions.h"

namespace vmodem::conform::probe {
namespace {

constexpr std::string_view kPost = "AT+QCOAPSEND=0,1,2,0";  // no length: to Ctrl-Z
constexpr std::string_view kNoSession = "a session cannot be opened";
constexpr std::string_view kCtrlZ = "\x1A";
constexpr std::string_view kEsc = "\x1B";

std::string joined(const std::vector<std::string>& results) {
  std::string text;
  for (const auto& one : results) text += (text.empty() ? "" : ", ") + one;
  return text.empty() ? "nothing" : text;
}

// The prompt of a message that has no length yet; nothing where none comes.
std::optional<std::string> prompt_of(Interview& interview, std::string_view command) {
  interview.dialogue.type(std::string(command) + "\r");
  return interview.dialogue.await_prompt(true);
}

Finding no_prompt(Interview& interview, std::string question) {
  return unexplained(std::move(question), interview.dialogue.await_result(Duration::zero()),
                     "a prompt");
}

Finding of_prompt(Interview& interview, const std::vector<Choice>& choices, bool is_start) {
  const auto question = fmt::format("{} and its prompt", kPost);
  if (!interview.has_session(0)) return unanswered(question, std::string(kNoSession));
  (void)interview.preset(0);
  const auto prompt = prompt_of(interview, kPost);
  if (!prompt) return no_prompt(interview, question);
  interview.dialogue.type(kCtrlZ);
  (void)interview.dialogue.await_result();
  const auto sign = prompt->find('>');
  return choose(question,
                transcript::escape(is_start ? prompt->substr(0, sign) : prompt->substr(sign)),
                choices);
}

}  // namespace

Finding prompt_line_end(Interview& interview) {
  return of_prompt(interview, {{"true", "\\r\\n"}, {"false", ""}}, true);
}

Finding prompt_blank(Interview& interview) {
  return of_prompt(interview, {{"true", transcript::escape("> ")}, {"false", ">"}}, false);
}

Finding length_min(Interview& interview) {
  const std::string question = "AT+QCOAPSEND=? and AT+QCOAPSEND=0,1,1,0,0";
  if (!interview.has_session(0)) return unanswered(question, std::string(kNoSession));
  (void)interview.preset(0);
  const auto test = interview.dialogue.ask("AT+QCOAPSEND=?").text();
  const auto range = test.substr(test.rfind(",(") == std::string::npos ? 0 : test.rfind(",(") + 1);
  return choose(
      question,
      fmt::format("{} and {}", range, interview.dialogue.ask("AT+QCOAPSEND=0,1,1,0,0").text()),
      {{"0", "(0-1024), OK and OK"}, {"1", "(1-1024), OK and ERROR"}});
}

Finding any_type_and_code(Interview& interview) {
  const std::string question = "AT+QCOAPSEND=0,1,0,0: NON with code 0";
  if (!interview.has_session(0)) return unanswered(question, std::string(kNoSession));
  (void)interview.preset(0);
  const auto prompt = prompt_of(interview, "AT+QCOAPSEND=0,1,0,0");
  if (prompt) interview.dialogue.type(kCtrlZ);
  const auto result = interview.dialogue.await_result();
  return choose(question, prompt ? "a prompt, " + result : result,
                {{"false", "ERROR"}, {"true", "a prompt, OK"}});
}

Finding escape_answer(Interview& interview) {
  const std::string question = "Esc at the prompt";
  if (!interview.has_session(0)) return unanswered(question, std::string(kNoSession));
  if (!prompt_of(interview, kPost)) return no_prompt(interview, question);
  interview.dialogue.type(kEsc);
  return choose(question, joined(interview.resynchronise()),
                {{"ok", "OK"}, {"error", "ERROR"}, {"none", "nothing"}});
}

// Behind the Ctrl-Z a CR is either an octet, or the end of an empty line.
Finding control_ends_counted(Interview& interview) {
  const std::string question = "AT+QCOAPSEND=0,1,2,0,3 and the octets 61 1A 0D";
  if (!interview.has_session(0)) return unanswered(question, std::string(kNoSession));
  const auto id = interview.preset(0);
  interview.dialogue.drop_datagrams(kServer);
  if (!prompt_of(interview, std::string(kPost) + ",3")) return no_prompt(interview, question);
  interview.dialogue.type("a\x1A\r");
  const auto result = interview.dialogue.await_result();
  const auto message = interview.hear(kServer);
  if (!message || message->message_id != id) return unexplained(question, result, "a message");
  return choose(question, transcript::escape(as_text(message->payload)),
                {{"false", transcript::escape("a\x1A\r")}, {"true", "a"}});
}

// What stands behind the surplus is either payload too, or a command line.
Finding long_payload(Interview& interview) {
  const std::string question = "1030 octets, a command line and Ctrl-Z";
  if (!interview.has_session(0)) return unanswered(question, std::string(kNoSession));
  (void)interview.preset(0);
  if (!prompt_of(interview, kPost)) return no_prompt(interview, question);
  interview.dialogue.type(std::string(1030, 'x') + "\rATE0\r" + std::string(kCtrlZ));
  const auto first = interview.dialogue.await_result();
  const auto rest = interview.resynchronise();
  return choose(question, rest.empty() ? first : first + ", " + joined(rest),
                {{"error_at_end", "ERROR"}, {"error_at_once", "ERROR, OK"}, {"sent", "OK"}});
}

Finding input_timeout(Interview& interview) {
  const auto limit = interview.meeting.input_wait;
  const auto question = fmt::format("a prompt left alone for {}", duration_text(limit));
  if (!interview.has_session(0)) return unanswered(question, std::string(kNoSession));
  // The prompt comes at once; that nothing is behind it takes a while to see.
  const auto begin = interview.dialogue.now();
  if (!prompt_of(interview, kPost)) return no_prompt(interview, question);
  const auto result = interview.dialogue.await_result(limit);
  const auto took = interview.dialogue.now() - begin;
  if (result == "ERROR") {
    interview.findings.times["the prompt of AT+QCOAPSEND, left alone"] = took;
    return found(interview.in_steps(took), question, "ERROR behind " + duration_text(took));
  }
  interview.dialogue.type(kEsc);
  (void)interview.resynchronise();
  return choose(question, result.empty() ? "nothing" : result, {{"never", "nothing"}});
}

}  // namespace vmodem::conform::probe
