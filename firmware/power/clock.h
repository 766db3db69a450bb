// The module's calendar: the real-time clock of AT+CCLK, and what the network has told of the time
// (27.007 §8.15, §8.40, §8.41; AT95 §6.6, §6.14, §6.18, §11.2).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "at_engine/serial_output.h"
#include "firmware/base/queue.h"
#include "firmware/base/time.h"
#include "firmware/settings/saved.h"

namespace vmodem::firmware {

// What stands on a clock's face, with the zone beside it in quarters of an hour.
struct ClockFace {
  CalendarTime shown;
  int zone = 0;  // −48…+56
};

// Before any time source the date is the epoch of the radio chip's system time.
inline constexpr CalendarTime kClockEpoch =
    std::chrono::sys_days(std::chrono::year{1980} / std::chrono::January / 6);

struct NetworkTime {
  CalendarTime utc;         // at the module's start; it goes on from there
  int zone = 0;             // quarters of an hour, −48…+56
  int daylight_saving = 0;  // hours, 0–2; `zone` has them in it already (24.008 §10.5.3.12)
};

// A network that is to tell the same in every run, as the servers of the simulated internet do.
inline constexpr NetworkTime kRepeatableTime{
    std::chrono::sys_days(std::chrono::year{2025} / std::chrono::January / 1)};

struct ClockConfig {
  ClockFace start{kClockEpoch};  // what AT+CCLK? shows until a time is told
  // Told at every registration; absent: the network tells none.
  std::optional<NetworkTime> network = kRepeatableTime;
};

// AT+CTZU and AT+CTZR.
enum class TimeUpdate : int { kOff = 0, kUniversal = 1, kLocal = 3 };
inline constexpr SavedNumber kTimeUpdate{"ctzu.mode", static_cast<int>(TimeUpdate::kUniversal)};
inline constexpr SavedNumber kTimeReport{"ctzr.mode", 0};

[[nodiscard]] CalendarTime to_local(CalendarTime utc, int zone);
// "13/08/23,06:51:13+32", "2013/08/23,06:51:13" and "2013/08/23,06:51:13+32".
[[nodiscard]] std::string short_face_text(const ClockFace& face);
[[nodiscard]] std::string long_time_text(CalendarTime shown);
[[nodiscard]] std::string long_time_text(CalendarTime shown, int zone);
// "+32".
[[nodiscard]] std::string zone_text(int zone);
// The form of AT+CCLK, "yy/MM/dd,hh:mm:ss±zz"; without a zone it is `zone`. Years 80–99 are of the
// last century. Nothing where it is no time of a calendar.
[[nodiscard]] std::optional<ClockFace> parse_face(std::string_view text, int zone);

// It runs from power-on to power-off: a reboot does not touch it.
class ModuleClock {
 public:
  // `config` and `saved` outlive this object.
  ModuleClock(const ClockConfig& config, const SavedSettings& saved);

  [[nodiscard]] ClockFace face(Instant now) const;
  // AT+CCLK.
  void set(Instant now, const ClockFace& face);
  // AT+QNTP; the zone stays.
  void set_utc(Instant now, CalendarTime utc);

  // Power was cut and is back: the epoch, and no time was ever told.
  void reset(Instant now);

  // The module has registered: the network tells the time, where it does.
  void handle_registered(Instant now);

  struct Synchronisation {
    Instant at;
    NetworkTime told;  // of that instant
  };
  [[nodiscard]] const std::optional<Synchronisation>& last_synchronisation() const { return last_; }

  [[nodiscard]] std::optional<at::Urc> poll_event() { return events_.take_front(); }

 private:
  const ClockConfig& config_;
  const SavedSettings& saved_;
  ClockFace at_start_;  // what the face would have shown at instant zero
  std::optional<Synchronisation> last_;
  Queue<at::Urc> events_;
};

}  // namespace vmodem::firmware
