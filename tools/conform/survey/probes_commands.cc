// Switches that the answer to a command shows.
#include <fmt/format.h>

#include <algorithm>

#include "tools/conform/survey/probe_functions.h"

namespace vmodem::conform::probe {
namespace {

constexpr std::string_view kUpload = "UFS:survey.tmp";
constexpr Duration kGuardTime = 1200ms;

Finding by_result(Interview& interview, const std::string& command, std::string refused,
                  std::string accepted) {
  return choose(command, interview.dialogue.ask(command).text(),
                {{std::move(refused), "ERROR"}, {std::move(accepted), "OK"}});
}

}  // namespace

Finding default_bearer(Interview& interview) {
  const std::string question = "AT+CGACT? behind a reset";
  if (!interview.registers()) return unanswered(question, "it does not register");
  const auto reply = interview.dialogue.ask("AT+CGACT?");
  const auto line = std::ranges::find_if(
      reply.lines, [](const std::string& one) { return one.starts_with("+CGACT: 1,"); });
  return choose(question, line == reply.lines.end() ? reply.text() : *line,
                {{"true", "+CGACT: 1,1"}, {"false", "+CGACT: 1,0"}});
}

Finding auto_activate_pdp(Interview& interview) {
  const std::string question = "AT+QCOAPOPEN with no context active";
  if (!interview.registers()) return unanswered(question, "it does not register");
  (void)interview.dialogue.ask("AT+QIDEACT=1", 40s);
  const auto result = interview.open(0, kServer);
  return choose(question, result ? "+QCOAPOPEN: 0," + *result : "no +QCOAPOPEN",
                {{"true", "+QCOAPOPEN: 0,0"}, {"false", "+QCOAPOPEN: 0,-4"}});
}

Finding repeat_activation(Interview& interview) {
  const std::string question = "AT+QIACT=1 with the context active";
  if (!interview.activate()) return unanswered(question, "the context cannot be activated");
  return choose(question, interview.dialogue.ask("AT+QIACT=1", 150s).text(),
                {{"false", "ERROR"}, {"true", "OK"}});
}

Finding three_digit_registers(Interview& interview) {
  return choose("ATS3?", interview.dialogue.ask("ATS3?").text(),
                {{"true", "013, OK"}, {"false", "13, OK"}});
}

Finding list_idle_clients(Interview& interview) {
  const std::string question = "AT+QCOAPOPEN? with client 3 idle";
  const auto reply = interview.dialogue.ask("AT+QCOAPOPEN?");
  const auto line = std::ranges::find_if(
      reply.lines, [](const std::string& one) { return one.starts_with("+QCOAPOPEN: 3,"); });
  if (!reply.is_ok()) return choose(question, reply.text(), {{"false", "OK"}});
  if (line == reply.lines.end()) return found("false", question, "no line of client 3");
  return choose(question, line->ends_with(",0") ? "a line with status 0" : *line,
                {{"false", "no line of client 3"}, {"true", "a line with status 0"}});
}

Finding close_idle(Interview& interview) {
  const auto result = interview.dialogue.ask("AT+QCOAPCLOSE=3").text();
  (void)interview.dialogue.ask("AT");
  if (result == "OK") interview.dialogue.wait(interview.dialogue.patience().silence);
  const auto urc = interview.dialogue.await_line("+QCOAPCLOSE: 3,", Duration::zero());
  return choose("AT+QCOAPCLOSE=3 with client 3 idle", urc ? result + ", " + urc->text : result,
                {{"error", "ERROR"}, {"ok", "OK"}, {"not_allowed", "OK, +QCOAPCLOSE: 3,-3"}});
}

Finding show_unused_dtls_context(Interview& interview) {
  (void)interview.dialogue.ask("AT+QCOAPCFG=\"dtls\",3,0,0");
  return choose("AT+QCOAPCFG=\"dtls\",3 with DTLS off",
                interview.dialogue.ask("AT+QCOAPCFG=\"dtls\",3").text(),
                {{"true", "+QCOAPCFG: \"dtls\",0,0, OK"}, {"false", "+QCOAPCFG: \"dtls\",0, OK"}});
}

Finding partial_values(Interview& interview) {
  const auto finding = by_result(interview, "AT+QCOAPCFG=\"trans\",3,7", "false", "true");
  (void)interview.dialogue.ask("AT+QCOAPCFG=\"trans\",3,2,5");
  return finding;
}

Finding token_text(Interview& interview) {
  const auto digits = interview.dialogue.ask("AT+QCOAPHEADER=0,1,0,2,\"abcd\"").text();
  const auto characters = interview.dialogue.ask("AT+QCOAPHEADER=0,1,0,4,\"abcd\"").text();
  return choose("AT+QCOAPHEADER=0,1,0,2,\"abcd\" and the same with a length of 4",
                digits + " and " + characters,
                {{"false", "OK and ERROR"}, {"true", "ERROR and OK"}});
}

Finding check_generated_token(Interview& interview) {
  return by_result(interview, "AT+QCOAPHEADER=0,1,1,9,\"010203040506070809\"", "true", "false");
}

Finding any_option_number(Interview& interview) {
  const auto finding = by_result(interview, "AT+QCOAPOPTION=0,0,6,27,\"06\"", "false", "true");
  (void)interview.dialogue.ask("AT+QCOAPOPTION=0,1,6");
  return finding;
}

Finding clear_empty_option(Interview& interview) {
  (void)interview.dialogue.ask("AT+QCOAPOPTION=0,1,7");
  const std::string command = "AT+QCOAPOPTION=0,1,7";
  return choose(command + " twice", interview.dialogue.ask(command).text(),
                {{"false", "ERROR"}, {"true", "OK"}});
}

Finding report_cut_upload(Interview& interview) {
  const std::string question = "AT+QFUPL of 100 octets, 10 of them, and +++ between silences";
  auto& dialogue = interview.dialogue;
  (void)dialogue.ask(fmt::format("AT+QFDEL=\"{}\"", kUpload));
  const auto begun = dialogue.ask(fmt::format("AT+QFUPL=\"{}\",100,60", kUpload)).result;
  if (begun != "CONNECT") return unexplained(question, begun, "CONNECT, and then the data");
  dialogue.type("0123456789");
  dialogue.wait(kGuardTime);
  dialogue.type("+++");
  const auto result = dialogue.await_result();
  const auto report = dialogue.await_line("+QFUPL: 10,", Duration::zero());
  (void)dialogue.ask(fmt::format("AT+QFDEL=\"{}\"", kUpload));
  return choose(question, report ? "+QFUPL: 10,…, " + result : result,
                {{"false", "OK"}, {"true", "+QFUPL: 10,…, OK"}});
}

}  // namespace vmodem::conform::probe
