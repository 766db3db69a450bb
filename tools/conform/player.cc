#include "tools/conform/player.h"

#include <fmt/format.h>

#include <utility>

#include "firmware/base/hex.h"

namespace vmodem::conform {
namespace {

std::string in_milliseconds(Duration duration) {
  return fmt::format("{:.3f} s", std::chrono::duration<double>(duration).count());
}

}  // namespace

Player::Player(const Script& script, Backend& backend)
    : script_(script), backend_(backend), mark_(backend.now()) {
  inbox_.datagrams.resize(script.peers.size());
}

std::optional<Failure> Player::perform(const Step& step) {
  auto verdict = std::visit([&](const auto& action) { return perform(step, action); }, step.action);
  if (!verdict) note(step);
  return verdict;
}

Player::Verdict Player::perform(const Step& step, const SendSerial& action) {
  return judge(step, backend_.send_serial(inbox_, as_bytes(action.octets)));
}

Player::Verdict Player::perform(const Step& step, const ExpectSerial& action) {
  const auto expected = action.octets.expand(captures_);
  while (true) {
    if (inbox_.serial.starts_with(expected)) {
      inbox_.serial.erase(0, expected.size());
      return std::nullopt;
    }
    const bool may_still_match = expected.starts_with(inbox_.serial);
    const auto more =
        may_still_match ? backend_.await(inbox_) : Expected<bool, BackendError>(false);
    if (!more) return fail(step, more.error().what);
    if (*more) continue;
    const bool is_silent = inbox_.serial.empty();
    return fail(step, is_silent ? "nothing came" : "something else came", transcript::escape(expected),
                transcript::escape(inbox_.serial));
  }
}

Player::Verdict Player::perform(const Step& step, const ExpectDatagram& action) {
  auto& queue = inbox_.datagrams[action.peer];
  while (queue.empty()) {
    const auto more = backend_.await(inbox_);
    if (!more) return fail(step, more.error().what);
    if (!*more) return fail(step, "no datagram came", script_.text(step));
  }
  if (!action.pattern.match(queue.front(), captures_)) {
    return fail(step, "another datagram came", script_.text(step), transcript::to_pattern_text(queue.front()));
  }
  take_datagram(action.peer);
  return std::nullopt;
}

void Player::take_datagram(std::size_t peer) {
  inbox_.datagrams[peer].pop_front();
  backend_.handle_expected(peer);
}

Player::Verdict Player::perform(const Step& step, const SendDatagram& action) {
  const auto datagram = action.pattern.render(captures_);
  return judge(step, backend_.send_datagram(inbox_, action.peer, datagram));
}

Player::Verdict Player::perform(const Step& step, const Wait& action) {
  return judge(step, backend_.run_until(inbox_, backend_.now() + action.duration));
}

Player::Verdict Player::perform(const Step& step, const At& action) {
  const auto instant = mark_ + action.since_mark;
  if (instant < backend_.now()) {
    return fail(step, fmt::format("that instant is over since {}",
                                  in_milliseconds(backend_.now() - instant)));
  }
  const auto done = backend_.run_until(inbox_, instant - backend_.tolerance());
  if (!done) return judge(step, done);
  if (inbox_.is_empty() || !backend_.knows_instants()) return std::nullopt;
  return fail(step, "something came before that instant", "nothing", describe_inbox());
}

Player::Verdict Player::perform(const Step&, const Mark&) {
  mark_ = backend_.now();
  return std::nullopt;
}

std::optional<Failure> Player::finish() {
  const Step end{.line = script_.lines.size(), .action = Mark{}};
  if (auto failure = judge(end, backend_.settle(inbox_))) return failure;
  if (inbox_.is_empty()) return std::nullopt;
  return fail(end, "something is left over at the end", "nothing", describe_inbox());
}

void Player::collect() {
  while (backend_.await(inbox_).value_or(false)) {
  }
}

Failure Player::fail(const Step& step, std::string what, std::string expected, std::string actual) {
  note_remarks();
  return {step.line, std::move(what), std::move(expected), std::move(actual), dialogue_};
}

Player::Verdict Player::judge(const Step& step, const Done& done) {
  if (done) return std::nullopt;
  return fail(step, done.error().what);
}

void Player::note(const Step& step) {
  note_remarks();
  dialogue_.push_back(fmt::format("{:>10}  {:4}  {}", in_milliseconds(backend_.now() - mark_),
                                  step.line, script_.text(step)));
}

void Player::note_remarks() {
  for (const auto& remark : inbox_.remarks) {
    dialogue_.push_back(fmt::format("{:>10}        ({})", "", remark));
  }
  inbox_.remarks.clear();
}

std::string Player::describe_inbox() const {
  std::string text = transcript::escape(inbox_.serial);
  for (std::size_t i = 0; i < inbox_.datagrams.size(); ++i) {
    for (const auto& datagram : inbox_.datagrams[i]) {
      text += fmt::format("{}udp< {} {}", text.empty() ? "" : ", ", script_.peers[i].name,
                          transcript::to_pattern_text(datagram));
    }
  }
  return text;
}

std::optional<Failure> play(const Script& script, Backend& backend) {
  Player player(script, backend);
  for (const auto& step : script.steps) {
    if (auto failure = player.perform(step)) return failure;
  }
  return player.finish();
}

}  // namespace vmodem::conform
