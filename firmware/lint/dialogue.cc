#include "firmware/lint/dialogue.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "firmware/base/duration_text.h"

namespace vmodem::lint {
namespace {

using journal::Entry;

// A host that has waited so long has given up; one that has not did not mean to wait.
constexpr Duration kPatienceMin = 1s;
constexpr unsigned kRefusalsMax = 5;

bool is_option_of_text(std::uint32_t number) {
  constexpr std::uint32_t kStrings[] = {3, 8, 11, 15, 20, 35, 39};
  return std::ranges::find(kStrings, number) != std::end(kStrings);
}

// The note's chapter 5 and Table 3: a string stands in quotes.
bool has_bare_string(const Command& command) {
  if (!command.is_write_of("+QCOAPOPTION") || command.number(1) != 0u) return false;
  const auto option = command.number(3);
  const auto& value = command.arguments[4];
  return option && is_option_of_text(*option) && !value.is_quoted && !value.text.empty();
}

bool is_reset(const Command& command) {
  return command.is_write_of("+CFUN") && command.number(0) == 1u && command.number(1) == 1u;
}

bool is_trying(const Command& command) {
  if (command.name == "+QCOAPCLOSE" || command.name == "+QIDEACT") return false;
  if (command.form == at::Form::kTest || command.form == at::Form::kRead) return false;
  constexpr std::string_view kQuestions[] = {"+CSQ", "+QIGETERROR", "+CEER", "+QNWINFO", "+QCSQ"};
  return std::ranges::find(kQuestions, command.name) == std::end(kQuestions);
}

}  // namespace

bool is_success(const journal::LineResult& result) {
  return result.text == "OK" || result.text == "0";
}

void Dialogue::handle(const Entry& entry, const journal::LineCommand& line,
                      const std::vector<Command>& commands) {
  Line next{entry.number, shown(entry.number, line.text),
            Digest().add(std::string_view(line.text)).value(), line.response_time};
  next.is_writing = std::ranges::any_of(commands, [](const Command& one) {
    return one.form == at::Form::kWrite || one.form == at::Form::kExecute;
  });
  next.is_trying = std::ranges::any_of(commands, is_trying);
  next.is_undocumented = line.evidence == "hosts" || std::ranges::any_of(commands, has_bare_string);
  if (line.early && line_.number != 0) judge_haste(entry, line, next);
  if (next.digest != line_.digest) refusals_ = 0;
  judge_reset(entry, commands);
  if (next.is_trying) has_tried_since_failure_ = true;
  line_ = std::move(next);
}

void Dialogue::judge_haste(const Entry& entry, const journal::LineCommand& command,
                           const Line& next) {
  const auto limit = line_.response_time.value_or(300ms);
  const auto waited = *command.early;
  if (waited >= limit) return;
  if (waited < kPatienceMin) {
    return findings_.add(
        Rule::kCommandBeforeResult, entry.number,
        fmt::format("{} came before the final result of {}", next.shown, line_.shown));
  }
  findings_.add(Rule::kGaveUpEarly, entry.number,
                fmt::format("{} may take {}, and after {} came {}", line_.shown,
                            duration_text(limit), duration_text(waited), next.shown));
}

void Dialogue::handle(const Entry& entry, const journal::LineData& data) {
  if (entry.because != line_.number || !data.is_early) return;
  line_.has_early_data = true;
  judge_data();
}

void Dialogue::handle(const Entry& entry, const journal::LinePrompt&) {
  if (entry.because != line_.number) return;
  line_.has_prompt = true;
  judge_data();
}

// Where none is shown (ATQ1 hides CONNECT) a host has nothing to wait for.
void Dialogue::judge_data() {
  if (!line_.has_prompt || !std::exchange(line_.has_early_data, false)) return;
  findings_.add(Rule::kDataBeforePrompt, line_.number,
                fmt::format("the data of {} came before it had asked for them", line_.shown));
}

void Dialogue::handle(const Entry& entry, const journal::LineResult& result) {
  if (entry.because != line_.number || line_.number == 0) return;
  if (!is_success(result)) {
    judge_refusal(result);
    if (line_.is_trying) note_failure(fmt::format("{}: {}", line_.shown, result.text));
    return;
  }
  refusals_ = 0;
  if (line_.is_undocumented) {
    findings_.add_once(Rule::kUndocumentedForm, line_.digest, line_.number,
                       fmt::format("{} is taken, and no manual has it", line_.shown));
  }
}

// A question may be one about something that takes its time.
void Dialogue::judge_refusal(const journal::LineResult& result) {
  const bool is_final = result.text == "ERROR" || result.text == "4";
  if (!is_final || !line_.is_writing) return;
  if (++refusals_ != kRefusalsMax) return;
  findings_.add(Rule::kErrorRepeated, line_.number,
                fmt::format("{} is refused for the {}th time running", line_.shown, kRefusalsMax));
}

void Dialogue::handle(const journal::ClientResult& result) {
  const bool is_hosts = result.operation == "open" || result.operation == "send";
  if (result.result == 0 || !is_hosts) return;
  note_failure(
      fmt::format("client {}: {} ends with {}", result.client, result.operation, result.result));
}

void Dialogue::note_failure(std::string text) {
  ++failures_;
  has_tried_since_failure_ = false;
  failure_ = std::move(text);
}

// Switching off by AT+QPOWD is none: it may be for the night.
void Dialogue::judge_reset(const Entry& entry, const std::vector<Command>& commands) {
  const bool is_first_resort = failures_ == 1 && !has_tried_since_failure_;
  if (!is_first_resort || std::ranges::none_of(commands, is_reset)) return;
  findings_.add(Rule::kResetFirst, entry.number,
                fmt::format("AT+CFUN=1,1 directly behind {}", failure_));
  failures_ = 0;
}

void Dialogue::begin_again() {
  failures_ = 0;
  refusals_ = 0;
}

}  // namespace vmodem::lint
