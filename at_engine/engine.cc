#include "at_engine/engine.h"

#include <algorithm>
#include <utility>

#include "at_engine/command_line.h"
#include "at_engine/masked_line.h"
#include "at_engine/text.h"
#include "firmware/base/check.h"

namespace vmodem::at {
namespace {

// Syntax errors are ERROR even where a command reports its troubles as +CME ERROR (quectel-at.md
// §2.2).
Response parse_failure(const CommandSpec& spec, ParseError error_kind) {
  const bool is_bad_value = error_kind == ParseError::kType || error_kind == ParseError::kRange;
  if (is_bad_value && spec.bad_value) return error(*spec.bad_value);
  return error();
}

struct Selection {
  const CommandSpec* spec = nullptr;
  std::optional<std::string_view> parameters;
};

// Finds the row whose keyword is the first parameter; the rest is that row's own.
Selection select_by_keyword(std::span<const CommandSpec* const> rows, std::string_view parameters) {
  if (!parameters.starts_with('"')) return {};
  const auto close = parameters.find('"', 1);
  if (close == std::string_view::npos) return {};

  const auto keyword = parameters.substr(1, close - 1);
  const auto rest = trim_start(parameters.substr(close + 1));
  if (!rest.empty() && rest[0] != ',') return {};
  const auto row = std::ranges::find_if(
      rows, [&](const auto* spec) { return equals_ignoring_case(spec->keyword, keyword); });
  if (row == rows.end()) return {};
  if (rest.empty()) return {*row, std::nullopt};
  return {*row, rest.substr(1)};
}

Response test_response(std::span<const CommandSpec* const> rows) {
  Response response;
  for (const auto* spec : rows) {
    auto line = test_line(*spec);
    if (!line.empty()) response.lines.push_back(std::move(line));
  }
  return response;
}

// Without the blanks around it and the semicolon behind it.
std::string_view trim_command(std::string_view text) {
  text = trim_end(trim_start(text));
  if (text.ends_with(';')) text = trim_end(text.substr(0, text.size() - 1));
  return text;
}

}  // namespace

Engine::Engine(const CommandTable& commands, Services& services, const EngineOptions& options)
    : commands_(commands), services_(services), options_(options) {
}

void Engine::receive(ByteView octets) {
  BG_CHECK(octets.size() <= serial_room(), "the driver asks for the room before it reads");
  if (read_ > 0) {
    input_.erase(0, read_);
    read_ = 0;
  }
  input_.append(as_text(octets));
}

bool Engine::step(Instant now) {
  if (state_ == State::kBeforeLine) {
    run_line(now);
    return true;
  }
  if (state_ == State::kBeforeData) {
    end_data(now, data_end_);
    return true;
  }
  while (read_ < input_.size() && state_ != State::kPending) {
    const bool ended = state_ == State::kData ? read_data(now) : read_octet(now);
    if (ended) return true;
  }
  return false;
}

bool Engine::read_octet(Instant now) {
  const auto step = reader_.feed(input_[read_++], settings_);
  output_.echo(step.echo);
  switch (step.event) {
    case LineEvent::kNone:
      return false;
    case LineEvent::kTooLong:
      output_.begin_answer();
      output_.result(FinalResult::kError);
      close_transaction(now);
      return true;
    case LineEvent::kLine:
      line_ = reader_.line();
      break;
    case LineEvent::kRepeat:
      break;
  }
  if (options_.pause_before_lines) {
    state_ = State::kBeforeLine;
  } else {
    run_line(now);
  }
  return true;
}

std::string Engine::masked_line() const {
  return at::masked_line(line_, commands_);
}

void Engine::run_line(Instant now) {
  rest_ = line_;
  state_ = State::kExecuting;
  output_.begin_answer();
  run_rest(now);
}

void Engine::run_rest(Instant now) {
  while (true) {
    const auto before = rest_;
    const auto command = take_command(rest_);
    if (!command) {
      output_.result(FinalResult::kError);
      return close_transaction(now);
    }
    if (!*command) {
      output_.result(FinalResult::kOk);
      return close_transaction(now);
    }
    const auto text = before.substr(0, before.size() - rest_.size());
    auto outcome = run(now, **command, text);
    if (std::holds_alternative<Pending>(outcome)) {
      state_ = State::kPending;
      return;
    }
    if (auto* mode = std::get_if<DataMode>(&outcome)) return begin_data(now, std::move(*mode));
    if (!answer(std::get<Response>(outcome))) return close_transaction(now);
  }
}

Outcome Engine::run(Instant now, const Command& command, std::string_view text) {
  if (!overrides_.is_empty()) {
    if (auto answer = overrides_.take(trim_command(text))) return std::move(*answer);
  }
  const auto rows = commands_.find(command.name);
  if (rows.empty()) return error();

  const auto& spec = *rows.front();
  const auto call = [&](Handler handler) -> Outcome {
    if (handler == nullptr) return error();
    return handler(services_, now, Arguments(spec.write));
  };
  switch (command.form) {
    case Form::kTest:
      return spec.on_test != nullptr ? call(spec.on_test) : Outcome(test_response(rows));
    case Form::kRead:
      return call(spec.on_read);
    case Form::kExecute:
      if (command.is_basic && spec.on_execute == nullptr) break;
      return call(spec.on_execute);
    case Form::kWrite:
      break;
  }
  return run_write(now, command, rows);
}

Outcome Engine::run_write(Instant now, const Command& command,
                          std::span<const CommandSpec* const> rows) {
  // V.250 §5.3.1: a missing number of a basic command is 0.
  const auto parameters =
      command.is_basic && command.parameters.empty() ? std::string_view("0") : command.parameters;
  const auto selected = rows.front()->keyword.empty() ? Selection{rows.front(), parameters}
                                                      : select_by_keyword(rows, parameters);
  const auto refuse = [&](const CommandSpec& row, Response answer) -> Outcome {
    if (row.on_refused != nullptr) row.on_refused(services_);
    return answer;
  };
  if (selected.spec == nullptr || selected.spec->on_write == nullptr) {
    return refuse(*rows.front(), error());
  }
  const auto& spec = *selected.spec;
  const auto arguments = Arguments::parse(selected.parameters, spec.write, spec.optional);
  if (!arguments) return refuse(spec, parse_failure(spec, arguments.error()));
  return spec.on_write(services_, now, *arguments);
}

bool Engine::answer(const Response& response) {
  if (response.download) {
    output_.connect(response.download->connect);
    output_.raw(as_text(response.download->octets));
  }
  output_.information(response.lines);
  if (response.is_silent) return false;
  if (response.result == FinalResult::kOk) return true;
  if (response.error) {
    output_.error(*response.error);
  } else {
    output_.result(response.result);
  }
  return false;
}

void Engine::complete(Instant now, const Response& response) {
  BG_CHECK(state_ == State::kPending, "only a pending command can be completed");
  state_ = State::kExecuting;
  if (!answer(response)) return close_transaction(now);
  run_rest(now);
}

void Engine::begin_data(Instant now, DataMode mode) {
  state_ = State::kData;
  switch (mode.prompt) {
    case DataMode::Prompt::kText:
      output_.prompt(options_.prompt);
      break;
    case DataMode::Prompt::kConnect:
      output_.connect(result_text(FinalResult::kConnect).text);
      break;
  }
  collector_.emplace(now, std::move(mode));
}

bool Engine::read_data(Instant now) {
  if (reader_.takes_line_feed(input_[read_])) {
    ++read_;
    return false;
  }
  const auto step = collector_->feed(now, as_bytes(input_).subspan(read_));
  read_ += step.consumed;
  output_.raw(std::string(step.acknowledgements, 'A'));
  if (!step.end) return false;
  finish_data(now, *step.end);
  return true;
}

void Engine::finish_data(Instant now, DataEnd end) {
  if (!options_.pause_before_lines) return end_data(now, end);
  data_end_ = end;
  state_ = State::kBeforeData;
}

void Engine::end_data(Instant now, DataEnd end) {
  const auto collector = std::move(*collector_);
  collector_.reset();
  state_ = State::kExecuting;
  auto response = collector.mode().on_data(services_, now, collector.input(end));
  if (std::exchange(hangs_up_, false)) response = {.result = FinalResult::kNoCarrier};
  if (!answer(response)) return close_transaction(now);
  run_rest(now);
}

bool Engine::is_connected() const {
  return collector_ && collector_->mode().prompt == DataMode::Prompt::kConnect;
}

bool Engine::interrupt_data(Instant now, bool hangs_up) {
  if (state_ != State::kData || !is_connected()) return false;
  hangs_up_ = hangs_up;
  finish_data(now, DataEnd::kEscapeSequence);
  return true;
}

void Engine::close_transaction(Instant now) {
  state_ = State::kIdle;
  rest_ = {};
  output_.end_answer();
  flush_urcs(now);
}

void Engine::reset(std::string_view last_words) {
  state_ = State::kIdle;
  reader_ = LineReader{};
  input_.clear();
  read_ = 0;
  line_.clear();
  rest_ = {};
  collector_.reset();
  urcs_.clear();
  urc_size_ = 0;
  holds_urcs_ = false;
  hangs_up_ = false;
  urcs_held_until_ = {};
  output_.end_answer();
  if (!last_words.empty()) output_.urc({std::string(last_words), {}});
}

void Engine::release_urcs(Instant now) {
  holds_urcs_ = false;
  flush_urcs(now);
}

void Engine::post(Instant now, Urc urc) {
  if (urcs_.size() >= kUrcCountMax || urc_size_ + urc.size() > kUrcSizeMax) {
    ++dropped_urc_count_;
    return;
  }
  urc_size_ += urc.size();
  urcs_.push_back({now, std::move(urc)});
  flush_urcs(now);
}

bool Engine::may_write_urc(Instant now, const QueuedUrc& urc) const {
  if (holds_urcs_ || now < urcs_held_until_ || state_ != State::kIdle) return false;
  if (!options_.hold_urcs_while_typing || !reader_.is_half_typed()) return true;
  return now >= urc.queued_at + kTypingHoldMax;
}

void Engine::flush_urcs(Instant now) {
  while (!urcs_.empty() && may_write_urc(now, urcs_.front())) {
    output_.urc(urcs_.front().urc);
    ++written_urc_count_;
    urc_size_ -= urcs_.front().urc.size();
    urcs_.pop_front();
  }
}

void Engine::handle_timeout(Instant now) {
  if (state_ == State::kData) {
    if (const auto end = collector_->handle_timeout(now)) finish_data(now, *end);
  }
  flush_urcs(now);
}

std::optional<Instant> Engine::poll_timeout() const {
  if (state_ == State::kData) return collector_->poll_timeout();
  if (state_ != State::kIdle || urcs_.empty()) return std::nullopt;
  const auto typing_hold_end = urcs_.front().queued_at + kTypingHoldMax;
  if (urcs_held_until_ <= urcs_.front().queued_at) return typing_hold_end;
  return reader_.is_half_typed() ? std::max(typing_hold_end, urcs_held_until_) : urcs_held_until_;
}

bool Engine::is_waiting_for_host() const {
  return state_ == State::kData || (state_ == State::kIdle && reader_.is_half_typed());
}

}  // namespace vmodem::at
