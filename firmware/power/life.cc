#include "firmware/power/life.h"

#include <array>
#include <string_view>

namespace vmodem::firmware {
namespace {

struct BootStep {
  std::string_view line;  // empty: SIM and radio start
  Duration instant;       // since power-on
  Duration realistic;
};

// quectel-at.md §4. +CPIN, +QUSIM and +QIND: SMS DONE are the SIM's.
constexpr std::array<BootStep, 4> kBootChain{{
    {"RDY", 5ms, 3000ms},
    {"APP RDY", 6ms, 3500ms},
    {"+CFUN: 1", 7ms, 3600ms},
    {"", 8ms, 3700ms},
}};

constexpr std::string_view kPoweredDown = "POWERED DOWN";

}  // namespace

Power::Power(const PowerConfig& config) : config_(config) {
  if (!config_.cold_start) return;
  state_ = State::kOff;
  power_on(Instant{});
}

bool Power::takes_input() const {
  if (is_hanging_) return false;
  switch (state_) {
    case State::kOff:
    case State::kShuttingDown:
      return false;
    case State::kBooting:
      return boot_step_ > 0;
    case State::kOn:
      break;
  }
  return true;
}

void Power::reset(Instant now) {
  restart(now, config_.announce_reset ? kPoweredDown : std::string_view{});
}

void Power::pull_reset_pin(Instant now) {
  if (state_ != State::kOff) restart(now, {});
}

void Power::restart(Instant now, std::string_view last_words) {
  switch_off(last_words);
  begin_boot(now);
}

void Power::power_down(Instant now, bool immediately) {
  state_ = State::kShuttingDown;
  due_ = immediately ? now : now + config_.detach_time;
  if (*due_ <= now) handle_timeout(now);
}

void Power::cut() {
  is_without_supply_ = true;
  due_.reset();
  if (state_ != State::kOff) switch_off({});
}

void Power::power_on(Instant now) {
  is_without_supply_ = false;
  if (state_ == State::kOff) begin_boot(now);
}

void Power::hang() {
  is_hanging_ = state_ != State::kOff;
}

void Power::switch_off(std::string_view last_words) {
  state_ = State::kOff;
  due_.reset();
  is_hanging_ = false;
  functionality_ = Functionality::kFull;  // inferred: a reboot ends AT+CFUN=0 and 4
  events_.emplace_back(SwitchedOff{std::string(last_words)});
}

void Power::begin_boot(Instant at) {
  state_ = State::kBooting;
  boot_step_ = 0;
  boot_began_ = at;
  due_ = boot_began_ + step_time();
}

Duration Power::step_time() const {
  const auto& step = kBootChain[boot_step_];
  switch (config_.boot) {
    case BootProfile::kInstant:
      return step.instant;
    case BootProfile::kRealistic:
      break;
  }
  return step.realistic;
}

void Power::take_boot_step() {
  const auto line = kBootChain[boot_step_].line;
  if (boot_step_ == 0) events_.emplace_back(SwitchedOn{});
  if (line.empty()) {
    events_.emplace_back(Started{});
  } else {
    events_.emplace_back(PowerLine{std::string(line)});
  }
  if (++boot_step_ < kBootChain.size()) {
    due_ = boot_began_ + step_time();
    return;
  }
  state_ = State::kOn;
  due_.reset();
}

void Power::handle_timeout(Instant now) {
  if (!due_ || *due_ > now) return;

  const auto due = *due_;
  switch (state_) {
    case State::kBooting:
      return take_boot_step();
    case State::kShuttingDown:
      switch_off(kPoweredDown);
      if (config_.on_after) due_ = due + *config_.on_after;
      return;
    case State::kOff:
      return begin_boot(due);
    case State::kOn:
      return due_.reset();
  }
}

std::optional<PowerEvent> Power::poll_event() {
  return events_.take_front();
}

std::optional<Instant> Power::poll_timeout() const {
  return due_;
}

}  // namespace vmodem::firmware
