#include "tests/simulation/host.h"

#include <fmt/format.h>

namespace vmodem::simulation {
namespace {

// Longer than the longest documented answer time, AT+COPS=? with 180 s.
constexpr Duration kAnswerTimeMax = 400s;
constexpr Duration kBootTimeMax = 30s;
constexpr Duration kQuietTime = 20s;
constexpr int kClientCount = 6;

}  // namespace

Host::Host(const Scene& scene, Rig& rig, Findings& findings, std::uint64_t chunks)
    : scene_(scene),
      rig_(rig),
      findings_(findings),
      chunks_(chunks),
      reader_(findings),
      model_(findings) {
}

void Host::run() {
  switch (scene_.traits.host) {
    case HostKind::kWaiting:
      return run_waiting();
    case HostKind::kHasty:
      return run_hasty();
    case HostKind::kWild:
      return run_wild();
  }
}

void Host::run_waiting() {
  for (const auto& step : scene_.steps) {
    wait(step.think, [] { return false; });
    say(step);
    if (rig_.is_stuck()) return;
  }
  close_sessions();
}

void Host::say(const Step& step) {
  const auto interruptions = rig_.interruption_count();
  const bool was_on = rig_.is_module_on();
  step_ = &step;
  is_prompted_ = false;
  awaited_ = step.awaited;
  is_awaited_over_ = false;
  reader_.begin_answer(step.line);
  write_in_chunks(as_bytes(step.line + "\r"));
  const auto is_answered = [&] { return step_ == nullptr || is_prompted_; };
  wait(kAnswerTimeMax, is_answered);
  if (is_prompted_) answer_prompt(step);

  const bool is_excused = !was_on || rig_.interruption_count() != interruptions;
  if (step_ != nullptr && !is_excused) {
    findings_.add("final result", fmt::format("none for \"{}\"", step.line));
  }
  if (step_ != nullptr) give_up();
  if (!awaited_.empty()) wait(Step::kUrcWaitMax, [&] { return is_awaited_over_; });
}

// A module that hung at its prompt goes on waiting for data: the host pulls the reset pin.
void Host::give_up() {
  step_ = nullptr;
  awaited_.clear();
  reader_.interrupt();
  rig_.inject("reset");
  listen();
  wait(kBootTimeMax, [] { return false; });
}

void Host::answer_prompt(const Step& step) {
  wait(step.data_think, [&] { return step_ == nullptr; });
  if (step_ == nullptr) return;
  reader_.end_data();
  write_in_chunks(step.data);
  wait(kAnswerTimeMax, [&] { return step_ == nullptr; });
}

void Host::write_in_chunks(ByteView octets) {
  while (!octets.empty()) {
    const bool is_whole = chunks_.chance(0.5);
    const auto size = is_whole
                          ? octets.size()
                          : std::min(octets.size(), static_cast<std::size_t>(chunks_.in(1, 20)));
    rig_.write(octets.first(size));
    octets = octets.subspan(size);
  }
  listen();
}

template <class Condition>
bool Host::wait(Duration time_max, Condition is_reached) {
  const auto end = rig_.now() + time_max;
  bool is_early = true;
  while (!is_reached() && is_early) {
    is_early = rig_.advance(end);
    listen();
  }
  return is_reached();
}

void Host::listen() {
  while (const auto happening = rig_.poll_happening()) {
    handle(*happening);
    while (const auto item = reader_.poll()) handle(*item);
  }
}

void Host::handle(const Happening& happening) {
  switch (happening.kind) {
    case HappeningKind::kOutput:
      return reader_.feed(happening.octets);
    case HappeningKind::kInterrupted:
      return reader_.interrupt();
    case HappeningKind::kSwitchedOff:
      break;
  }
  reader_.interrupt();
  model_.handle_reset();
}

void Host::handle(const Item& item) {
  switch (item.kind) {
    case ItemKind::kUrc:
      if (!awaited_.empty() && item.text.starts_with(awaited_)) is_awaited_over_ = true;
      // Of a hasty host's commands nobody knows which were accepted.
      if (scene_.traits.host == HostKind::kWaiting) model_.handle_urc(item.text);
      return;
    case ItemKind::kInformation:
      return;
    case ItemKind::kPrompt:
      is_prompted_ = true;
      return;
    case ItemKind::kFinal:
      break;
  }
  ++final_count_;
  if (step_ != nullptr && item.text == "OK") {
    model_.handle_accepted(*step_);
    if (step_->effect == Effect::kTransmission) {
      auto bounds = rig_.bounds();
      bounds.add(step_->timeout_s, step_->retry_count);
      rig_.set_bounds(bounds);
    }
  } else {
    awaited_.clear();  // what is refused leads to nothing
  }
  step_ = nullptr;
}

void Host::close_sessions() {
  rig_.inject("resume");
  rig_.inject("power-on");
  listen();
  wait(kBootTimeMax, [] { return false; });
  const auto interruptions = rig_.interruption_count();
  for (int client = 0; client < kClientCount; ++client) {
    Step step;
    step.line = fmt::format("AT+QCOAPCLOSE={}", client);
    step.effect = Effect::kClose;
    step.client = client;
    say(step);
  }
  wait(kQuietTime, [] { return false; });
  if (rig_.interruption_count() == interruptions) model_.check_settled();
}

// Where nobody knows which of them was accepted when.
void Host::expect_every_transmission_setting() {
  auto bounds = rig_.bounds();
  for (const auto& step : scene_.steps) {
    if (step.effect == Effect::kTransmission) bounds.add(step.timeout_s, step.retry_count);
  }
  rig_.set_bounds(bounds);
}

// Answers may come when they like: only their number counts.
void Host::run_hasty() {
  reader_.interrupt();
  expect_every_transmission_setting();
  for (const auto& step : scene_.steps) {
    wait(step.think, [] { return false; });
    write_in_chunks(as_bytes(step.line + "\r"));
  }
  wait(kAnswerTimeMax, [] { return false; });
  const auto expected = static_cast<int>(scene_.steps.size());
  if (final_count_ != expected) {
    findings_.add("final result", fmt::format("{} for {} command lines", final_count_, expected));
  }
}

void Host::run_wild() {
  expect_every_transmission_setting();
  for (const auto& step : scene_.steps) {
    rig_.set_reading(!chunks_.chance(0.1));
    rig_.pass(step.think);
    const bool is_noise = chunks_.chance(0.4);
    rig_.write(is_noise ? make_noise(chunks_) : to_bytes(step.line + "\r"));
    if (chunks_.chance(0.5)) rig_.write(step.data);
  }
  rig_.set_reading(true);
  rig_.pass(kAnswerTimeMax);
}

}  // namespace vmodem::simulation
