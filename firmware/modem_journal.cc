// What of the module's life is told to the journal, and as whose consequence.
#include <algorithm>
#include <utility>

#include "at_engine/line_facts.h"
#include "at_engine/masked_line.h"
#include "firmware/commands/families.h"
#include "firmware/modem_state.h"

namespace vmodem::firmware {

std::string_view name_of(Sim::Status status) {
  switch (status) {
    case Sim::Status::kOff:
      return "off";
    case Sim::Status::kStarting:
      return "starting";
    case Sim::Status::kAbsent:
      return "absent";
    case Sim::Status::kPinRequired:
      return "waiting for its PIN";
    case Sim::Status::kPukRequired:
      return "waiting for its PUK";
    case Sim::Status::kBlocked:
      return "blocked";
    case Sim::Status::kReady:
      return "ready";
  }
  return {};
}

namespace {

std::string_view words_of(PdpDeactivated::By by) {
  switch (by) {
    case PdpDeactivated::By::kHost:
      return "by the host";
    case PdpDeactivated::By::kNetwork:
      return "by the network";
    case PdpDeactivated::By::kDetach:
      return "by a detach";
  }
  return {};
}

}  // namespace

journal::Number Modem::State::cause_of(Part part) const {
  return journal.cause() != 0 ? 0 : timers[static_cast<std::size_t>(part)].set_by;
}

// A deadline that has come or moved was set by what is being handled.
void Modem::State::note_timers() {
  const std::array deadlines{
      power.poll_timeout(),    sim.poll_timeout(),
      radio.poll_timeout(),    earliest(pdp.poll_timeout(), pdp_command.poll_timeout()),
      internet.poll_timeout(), engine.poll_timeout(),
      ring.poll_timeout()};
  for (std::size_t i = 0; i < kPartCount; ++i) {
    if (timers[i].deadline == deadlines[i]) continue;
    timers[i].deadline = deadlines[i];
    if (journal.cause() != 0) timers[i].set_by = journal.cause();
  }
}

void Modem::State::note_card() {
  if (sim.status() == told_card) return;
  told_card = sim.status();
  journal.emit<journal::CardState>([&] { return journal::CardState{name_of(told_card)}; });
}

void Modem::State::note_connection() {
  if (radio.is_connected() == told_connection) return;
  told_connection = radio.is_connected();
  journal.emit<journal::RadioConnection>(
      [&] { return journal::RadioConnection{told_connection ? "connected" : "idle"}; });
}

journal::Number Modem::State::note_power(std::string_view state) {
  return journal.emit<journal::PowerState>([&] { return journal::PowerState{state}; });
}

journal::Number Modem::State::note_context(const PdpActivated& news) {
  return journal.emit<journal::PacketContext>([&] {
    return journal::PacketContext{static_cast<std::uint64_t>(news.id), "active",
                                  news.has_context ? "" : "its bearer alone"};
  });
}

journal::Number Modem::State::note_context(const PdpFailed& news) {
  return journal.emit<journal::PacketContext>([&] {
    return journal::PacketContext{static_cast<std::uint64_t>(news.id), "refused",
                                  std::string(news.why)};
  });
}

journal::Number Modem::State::note_context(const PdpDeactivated& news) {
  return journal.emit<journal::PacketContext>([&] {
    return journal::PacketContext{static_cast<std::uint64_t>(news.id), "inactive",
                                  std::string(words_of(news.by))};
  });
}

std::optional<Duration> Intake::end_line(const at::Engine& engine, Instant now) {
  const bool is_early = read_by(engine) <= early_up_to_;
  early_up_to_ = received_;
  const auto line_before = std::exchange(last_line_at_, now);
  if (!is_early) return std::nullopt;
  return std::max(Duration::zero(), last_received_at_ - line_before);
}

// What ends the data, or is dropped of them, is not counted: so one octet too few is early at the
// most.
bool Intake::is_data_early(const at::Engine& engine) const {
  return read_by(engine) - engine.data_size() < early_up_to_;
}

void Modem::State::begin_line() {
  line = journal.emit_because<journal::LineCommand>(0, [&] {
    const auto facts = at::facts_of_line(engine.line(), command_table(config.features));
    return journal::LineCommand{"AT" + engine.masked_line(), intake.end_line(engine, now),
                                facts.response_time_max,
                                facts.evidence ? at::name(*facts.evidence) : ""};
  });
  engine.set_mark(line);
  if (!config.report_commands) return;
  actions.push_back(CommandRead{"AT" + engine.line(), "AT" + engine.masked_line(), line});
}

void Modem::State::note_data() {
  journal.emit<journal::LineData>([&] {
    return journal::LineData{"from_host", engine.data_size(), intake.is_data_early(engine)};
  });
}

std::string Modem::masked_answer(std::string_view line) const {
  return at::masked_answer(line, command_table(state_->config.features));
}

void Modem::State::post(at::Urc urc) {
  if (urc.mark == 0) urc.mark = journal.cause();
  ring_before_urc();
  engine.post(now, std::move(urc));
}

}  // namespace vmodem::firmware
