// What the circuits of the host do to the module, and what the module drives (V.24; AT95 §3).
#include <fmt/format.h>

#include <utility>

#include "firmware/modem_state.h"
#include "firmware/settings/ring.h"

namespace vmodem::firmware {
namespace {

constexpr int kFlowControlByCircuit = 2;  // of AT+IFC
// Below this room CTS is off: more than the FIFO of a host's UART still sends.
constexpr std::size_t kCtsRoomMin = 256;
constexpr int kSleepsWithoutDtr = 1;  // of AT+QSCLK

// Of AT&D.
enum class DtrDrop : std::uint8_t { kIgnored, kToCommandMode, kHangUp };

std::string_view on_or_off(bool is_on) {
  return is_on ? "on" : "off";
}

}  // namespace

void Modem::handle_circuits(Instant now, const HostCircuits& circuits) {
  state_->begin(now);
  state_->take_circuits(circuits);
  state_->collect_events();
}

void Modem::handle_break(Instant now) {
  state_->begin(now);
  state_->journal.emit_because<journal::LineCircuit>(0, [] {
    return journal::LineCircuit{"TXD", "break", "the module takes no notice"};
  });
}

ModuleCircuits Modem::circuits() const {
  return state_->circuits();
}

bool Modem::is_output_held() const {
  return !state_->host.rts && state_->terminal.dce_by_dte == kFlowControlByCircuit;
}

ModuleCircuits Modem::State::circuits() const {
  ModuleCircuits driven{.rate = line_rate};
  if (power.state() == Power::State::kOff) return driven;
  driven.dsr = true;
  driven.cts = terminal.dte_by_dce != kFlowControlByCircuit || engine.serial_room() >= kCtsRoomMin;
  // AT95 §3.1: 0 is always on.
  driven.dcd = registers.dcd == 0 || engine.is_connected();
  driven.ri = ring.is_active();
  return driven;
}

bool Modem::State::is_asleep() const {
  return slow_clock.mode == kSleepsWithoutDtr && !host.dtr && power.takes_input() &&
         engine.is_at_rest();
}

void Modem::State::lose_input(std::size_t count) {
  journal.emit_because<journal::LineDropped>(0, [&] {
    return journal::LineDropped{
        fmt::format("{} octets of the host reach a module that sleeps: lost", count)};
  });
}

std::string_view Modem::State::effect_of_dtr(bool is_on) const {
  if (!power.takes_input()) return "the module is off or hangs";
  const bool may_sleep = slow_clock.mode == kSleepsWithoutDtr;
  if (is_on) return may_sleep ? "the module is awake" : "";
  if (engine.is_connected()) {
    switch (static_cast<DtrDrop>(registers.dtr)) {
      case DtrDrop::kIgnored:
        return "AT&D0 takes no notice";
      case DtrDrop::kToCommandMode:
        return "AT&D1 ends data mode";
      case DtrDrop::kHangUp:
        return "AT&D2 hangs up";
    }
  }
  return may_sleep ? "AT+QSCLK=1 lets the module sleep" : "";
}

void Modem::State::take_circuits(const HostCircuits& circuits) {
  const auto before = std::exchange(host, circuits);
  const auto note = [&](std::string_view circuit, std::string state, std::string_view why) {
    return journal.emit_because<journal::LineCircuit>(0, [&] {
      return journal::LineCircuit{std::string(circuit), std::move(state), std::string(why)};
    });
  };
  if (host.are_wired && !before.are_wired) {
    told_circuits = this->circuits();
    rung_urc_count = engine.written_urc_count();
  }
  if (!host.are_wired) ring.restore();
  if (host.rate != before.rate) {
    const bool is_garbled = host.rate && *host.rate != line_rate;
    note("rate", host.rate ? std::to_string(*host.rate) : "unknown",
         is_garbled ? fmt::format("the module's is {}", line_rate) : std::string());
  }
  if (host.rts != before.rts) {
    const bool is_heeded = terminal.dce_by_dte == kFlowControlByCircuit;
    const auto effect = host.rts ? "output goes on" : "output is held";
    note("RTS", std::string(on_or_off(host.rts)), is_heeded ? effect : "");
  }
  if (host.dtr == before.dtr) return;
  const journal::Because because(
      journal, note("DTR", std::string(on_or_off(host.dtr)), effect_of_dtr(host.dtr)));
  if (!host.dtr) drop_dtr();
}

void Modem::State::drop_dtr() {
  if (!power.takes_input()) return;
  switch (static_cast<DtrDrop>(registers.dtr)) {
    case DtrDrop::kIgnored:
      return;
    case DtrDrop::kToCommandMode:
      engine.interrupt_data(now, false);
      return;
    case DtrDrop::kHangUp:
      engine.interrupt_data(now, true);
      return;
  }
}

void Modem::State::ring_for_urc() {
  const auto values = tags.get(kRingAtOther);
  if (value_at(values, 0) != "\"pulse\"") return;
  // QCFG95 §3.1.2.4: a URC of another port rings there, unless the physical circuit is chosen.
  const bool is_elsewhere = tags.get(kUrcPortSetting) != kUrcPortSetting.initial;
  if (is_elsewhere && tags.get(kRingSignalType) == kRingSignalType.initial) return;
  ring.ring(
      now, {std::chrono::milliseconds(tags.number(kRingAtOther, 1)), tags.number(kRingAtOther, 2)});
}

void Modem::State::ring_before_urc() {
  if (!host.are_wired || tags.number(kRingBeforeUrc) == 0) return;
  ring_for_urc();
  if (const auto end = ring.end()) engine.hold_urcs_until(*end);
}

void Modem::State::drive_circuits() {
  const auto count = engine.written_urc_count();
  const bool rings = std::exchange(rung_urc_count, count) != count;
  if (rings && tags.number(kRingBeforeUrc) == 0) ring_for_urc();

  const auto before = std::exchange(told_circuits, circuits());
  const auto& after = told_circuits;
  const auto note = [&](std::string_view circuit, bool was_on, bool is_on, std::string_view why) {
    if (was_on == is_on) return;
    journal.emit<journal::LineCircuit>([&] {
      return journal::LineCircuit{std::string(circuit), std::string(on_or_off(is_on)),
                                  std::string(is_on ? why : "")};
    });
  };
  const journal::Because because(journal, cause_of(Part::kCircuits));
  note("DSR", before.dsr, after.dsr, "the module is on");
  note("CTS", before.cts, after.cts, "there is room");
  note("DCD", before.dcd, after.dcd, registers.dcd == 0 ? "AT&C0" : "data mode");
  note("RI", before.ri, after.ri, "a URC");
}

void Modem::State::adopt_rate() {
  if (engine.is_between_lines() && engine.poll_serial().empty()) {
    line_rate = static_cast<std::uint32_t>(terminal.rate);
  }
}

}  // namespace vmodem::firmware
