// The life of the module between power-on and power-off (AT95 §2.22, §11.1, Table 22; quectel-at.md
// §4).
//
// In:  power key, commands, the time.
// Out: boot lines, on and off, the calendar.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "firmware/base/queue.h"
#include "firmware/base/time.h"

namespace vmodem::firmware {

enum class BootProfile : std::uint8_t {
  kInstant,    // the whole chain within milliseconds
  kRealistic,  // seconds, as a module takes
};

struct PowerConfig {
  BootProfile boot = BootProfile::kInstant;
  bool cold_start = false;      // the module is switched on at the start of the program
  std::optional<Duration> on_after = 1s;  // from POWERED DOWN to the next power-on; absent: never
  Duration detach_time = 0ms;   // from the OK of AT+QPOWD to POWERED DOWN, 0–60 s
  bool announce_reset = false;  // AT+CFUN=1,1 prints POWERED DOWN, as one BG96 did
};

// <fun> of AT+CFUN.
enum class Functionality : std::uint8_t { kMinimum = 0, kFull = 1, kAirplane = 4 };

// A line for the host, in the order of the boot chain.
struct PowerLine {
  std::string text;
};
// Everything volatile is gone; what the host sends is lost until SwitchedOn.
struct SwitchedOff {
  std::string last_words;  // one line before all is gone; may be empty
};
// The first line of the boot chain follows, and the host is heard.
struct SwitchedOn {};
// The module is up as far as SIM and radio, which start now.
struct Started {};
using PowerEvent = std::variant<PowerLine, SwitchedOff, SwitchedOn, Started>;

class Power {
 public:
  enum class State : std::uint8_t { kOff, kBooting, kOn, kShuttingDown };

  explicit Power(const PowerConfig& config);

  // AT+CFUN=1,1.
  void reset(Instant now);
  // The reset pin: the same without a word. Nothing happens to a module that is off.
  void pull_reset_pin(Instant now);
  // AT+QPOWD: switched off after `detach_time`, or at once where `immediately`.
  void power_down(Instant now, bool immediately);
  // The supply fails: no line says so, and it stays off until power_on().
  void cut();
  // The supply is back where it was cut, and the power key is pressed; nothing happens to a module
  // that is on.
  void power_on(Instant now);
  // From cut() to power_on().
  [[nodiscard]] bool is_without_supply() const { return is_without_supply_; }

  // The module hangs: it hears nothing and its timers stand until resume(), a reset or a cut.
  // Nothing happens to a module that is off.
  void hang();
  void resume() { is_hanging_ = false; }
  [[nodiscard]] bool is_hanging() const { return is_hanging_; }

  [[nodiscard]] State state() const { return state_; }
  // The host's octets are read.
  [[nodiscard]] bool takes_input() const;
  [[nodiscard]] Functionality functionality() const { return functionality_; }
  void set_functionality(Functionality functionality) { functionality_ = functionality; }

  // One step of what is due: what a step leads to is out before the next one.
  void handle_timeout(Instant now);
  [[nodiscard]] std::optional<PowerEvent> poll_event();
  [[nodiscard]] std::optional<Instant> poll_timeout() const;

 private:
  void restart(Instant now, std::string_view last_words);
  void switch_off(std::string_view last_words);
  void begin_boot(Instant at);
  void take_boot_step();
  [[nodiscard]] Duration step_time() const;

  PowerConfig config_;
  State state_ = State::kOn;
  bool is_without_supply_ = false;
  bool is_hanging_ = false;
  Functionality functionality_ = Functionality::kFull;
  std::size_t boot_step_ = 0;
  Instant boot_began_{};
  std::optional<Instant> due_;  // of what the state waits for
  Queue<PowerEvent> events_;
};

}  // namespace vmodem::firmware
