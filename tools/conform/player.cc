#include "tools/conform/player.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "firmware/base/hex.h"

namespace vmodem::conform {
namespace {

std::string in_milliseconds(Duration duration) {
  return fmt::format("{:.3f} s", std::chrono::duration<double>(duration).count());
}

}  // namespace

Player::Player(const Script& script, Backend& backend)
    : script_(script), backend_(backend), last_sent_(script.peers.size()), mark_(backend.now()) {
  inbox_.datagrams.resize(script.peers.size());
}

std::optional<Failure> Player::perform(const Step& step) {
  auto verdict = std::visit([&](const auto& action) { return perform(step, action); }, step.action);
  if (!verdict) note(step);
  return verdict;
}

Player::Verdict Player::perform(const Step& step, const SendSerial& action) {
  const auto octets = action.octets.expand(captures_, texts_);
  return judge(step, backend_.send_serial(inbox_, as_bytes(octets)));
}

Player::Match Player::take(const ExpectSerial& expected) {
  const auto octets = expected.octets.expand(captures_, texts_);
  if (inbox_.serial.starts_with(octets)) {
    inbox_.serial.erase(0, octets.size());
    return Match::kYes;
  }
  return octets.starts_with(inbox_.serial) ? Match::kNotYet : Match::kNo;
}

Player::Match Player::take(const ExpectLine& expected) {
  constexpr std::string_view kLineEnd = "\r\n";
  const std::string_view serial = inbox_.serial;
  const auto start = expected.starts_answer ? kLineEnd.size() : 0;
  if (kLineEnd.substr(0, start).starts_with(serial.substr(0, start)) && serial.size() < start) {
    return Match::kNotYet;
  }
  if (serial.substr(0, start) != kLineEnd.substr(0, start)) return Match::kNo;
  const auto end = serial.find(kLineEnd, start);
  if (end == std::string_view::npos) return Match::kNotYet;
  if (!expected.text.match(serial.substr(start, end - start), captures_, texts_)) return Match::kNo;
  inbox_.serial.erase(0, end + kLineEnd.size());
  return Match::kYes;
}

Player::Match Player::take(const ExpectDatagram& expected) {
  const auto& queue = inbox_.datagrams[expected.peer];
  if (queue.empty()) return Match::kNotYet;
  if (!expected.pattern.match(queue.front(), captures_)) return Match::kNo;
  take_datagram(expected.peer);
  return Match::kYes;
}

Player::Match Player::take(const Step& expectation) {
  if (const auto* serial = std::get_if<ExpectSerial>(&expectation.action)) return take(*serial);
  if (const auto* line = std::get_if<ExpectLine>(&expectation.action)) return take(*line);
  return take(std::get<ExpectDatagram>(expectation.action));
}

Player::Verdict Player::expect(const Step& step) {
  while (true) {
    const auto match = take(step);
    if (match == Match::kYes) return std::nullopt;
    if (match == Match::kNo) return missed(step, false);
    const auto more = backend_.await(inbox_);
    if (!more) return fail(step, more.error().what);
    if (!*more) return missed(step, true);
  }
}

std::string Player::expected_text(const Step& step) const {
  const auto* serial = std::get_if<ExpectSerial>(&step.action);
  if (serial == nullptr) return step.text;
  return transcript::escape(serial->octets.expand(captures_, texts_));
}

Failure Player::missed(const Step& step, bool is_waiting) {
  if (const auto* datagram = std::get_if<ExpectDatagram>(&step.action)) {
    if (is_waiting) return fail(step, "no datagram came", step.text);
    const auto& front = inbox_.datagrams[datagram->peer].front();
    return fail(step, "another datagram came", step.text, transcript::to_pattern_text(front));
  }
  const bool is_silent = inbox_.serial.empty();
  return fail(step, is_silent ? "nothing came" : "something else came", expected_text(step),
              transcript::escape(inbox_.serial));
}

Player::Verdict Player::perform(const Step& step, const ExpectSerial&) {
  return expect(step);
}

Player::Verdict Player::perform(const Step& step, const ExpectLine&) {
  return expect(step);
}

Player::Verdict Player::perform(const Step& step, const ExpectDatagram&) {
  return expect(step);
}

Player::Verdict Player::perform(const Step& step, const Unordered& action) {
  std::vector<const Step*> open;
  for (const auto& one : action.steps) open.push_back(&one);
  while (!open.empty()) {
    const auto came = std::ranges::find_if(
        open, [&](const Step* one) { return take(*one) == Match::kYes; });
    if (came != open.end()) {
      open.erase(came);
      continue;
    }
    const auto more = backend_.await(inbox_);
    if (!more) return fail(step, more.error().what);
    if (*more) continue;
    std::string expected;
    for (const auto* one : open) {
      expected += (expected.empty() ? "" : ", in any order ") + expected_text(*one);
    }
    return fail(step, "not all came", expected, describe_inbox());
  }
  return std::nullopt;
}

void Player::take_datagram(std::size_t peer) {
  inbox_.datagrams[peer].pop_front();
  backend_.handle_expected(peer);
}

Player::Verdict Player::perform(const Step& step, const SendDatagram& action) {
  last_sent_[action.peer] = action.pattern.render(captures_);
  return judge(step, backend_.send_datagram(inbox_, action.peer, last_sent_[action.peer]));
}

Player::Verdict Player::perform(const Step& step, const SendAgain& action) {
  return judge(step, backend_.send_datagram(inbox_, action.peer, last_sent_[action.peer]));
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

Player::Verdict Player::perform(const Step& step, const Silence& action) {
  const auto done = backend_.run_until(inbox_, backend_.now() + action.duration);
  if (!done) return judge(step, done);
  if (inbox_.is_empty() || !backend_.knows_instants()) return std::nullopt;
  return fail(step, "something came", "nothing", describe_inbox());
}

Player::Verdict Player::perform(const Step& step, const Absent& action) {
  const auto done = backend_.run_until(inbox_, backend_.now() + action.duration);
  if (!done) return judge(step, done);
  const bool is_there = inbox_.serial.find("\r\n" + action.start) != std::string::npos;
  if (!is_there || !backend_.knows_instants()) return std::nullopt;
  return fail(step, "it came", fmt::format("no line that begins with {}", action.start),
              describe_inbox());
}

std::optional<Failure> Player::finish() {
  Step end{.line = script_.lines.size()};
  if (!script_.checks.empty()) end.check = script_.checks.size() - 1;
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
  return {step.line,           step.file,         step.check, std::move(what),
          std::move(expected), std::move(actual), dialogue_};
}

Player::Verdict Player::judge(const Step& step, const Done& done) {
  if (done) return std::nullopt;
  return fail(step, done.error().what);
}

void Player::note(const Step& step) {
  note_remarks();
  dialogue_.push_back(fmt::format("{:>10}  {:4}  {}", in_milliseconds(backend_.now() - mark_),
                                  step.line, step.text));
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
  for (std::size_t i = 0; i < script.steps.size(); ++i) {
    auto failure = player.perform(script.steps[i]);
    if (!failure) continue;
    for (auto rest = std::max(script.clean_up.value_or(script.steps.size()), i + 1);
         rest < script.steps.size(); ++rest) {
      (void)player.perform(script.steps[rest]);
    }
    return failure;
  }
  return player.finish();
}

}  // namespace vmodem::conform
