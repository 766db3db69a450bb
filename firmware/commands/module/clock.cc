// The module's calendar (27.007 §8.15, §8.40, §8.41; AT95 §6.6, §6.14, §6.18, §11.2).
#include <fmt/format.h>

#include "firmware/commands/module/tables.h"
#include "firmware/handlers.h"

namespace vmodem::firmware {
namespace {

constexpr TextParam kTime{
    "time", {.size_min = 17, .size_max = 20, .sample = "13/08/23,06:51:13+32"}};
constexpr IntParam<> kUpdate{"onoff", {0, 1, 3}};
constexpr IntParam<> kReport{"reporting", 0, 2};

enum class TimeMode : int { kLastSynchronised = 0, kUniversal = 1, kLocal = 2 };
constexpr auto kMode = IntParam<TimeMode>("mode", 0, 2).by_default(TimeMode::kLastSynchronised);

Outcome read_clock(Services& services, Instant now, const Arguments&) {
  return at::ok(fmt::format("+CCLK: \"{}\"", short_face_text(services.clock.face(now))));
}

Outcome set_clock(Services& services, Instant now, const Arguments& args) {
  const auto face = parse_face(args.get(kTime), services.clock.face(now).zone);
  if (!face) return at::error();
  services.clock.set(now, *face);
  return at::ok();
}

CalendarTime time_of(TimeMode mode, const ModuleClock::Synchronisation& last, Instant now) {
  const auto utc = last.told.utc + (now - last.at);
  switch (mode) {
    case TimeMode::kLastSynchronised:
      return last.told.utc;
    case TimeMode::kUniversal:
      return utc;
    case TimeMode::kLocal:
      break;
  }
  return to_local(utc, last.told.zone);
}

Outcome show_network_time(Services& services, Instant now, const Arguments& args) {
  const auto& last = services.clock.last_synchronisation();
  if (!last) return at::ok("+QLTS: \"\"");
  return at::ok(fmt::format("+QLTS: \"{},{}\"",
                            long_time_text(time_of(args.get(kMode), *last, now), last->told.zone),
                            last->told.daylight_saving));
}

template <const SavedNumber& kSetting>
Outcome save(Services& services, int value) {
  services.saved.set(kSetting, value);
  return services.saved.save() ? at::ok() : at::error();
}

Outcome read_update(Services& services, Instant, const Arguments&) {
  return at::ok(fmt::format("+CTZU: {}", services.saved.get(kTimeUpdate)));
}

Outcome set_update(Services& services, Instant, const Arguments& args) {
  return save<kTimeUpdate>(services, args.get(kUpdate));
}

Outcome read_zone_report(Services& services, Instant, const Arguments&) {
  return at::ok(fmt::format("+CTZR: {}", services.saved.get(kTimeReport)));
}

Outcome set_zone_report(Services& services, Instant, const Arguments& args) {
  return save<kTimeReport>(services, args.get(kReport));
}

constexpr CommandSpec kClockCommands[] = {
    {.name = "+CCLK", .summary = "The clock", .write = {kTime}, .test = at::kTestAnswersOk,
     .on_read = read_clock, .on_write = set_clock, .source = "27.007 §8.15, AT95 §11.2"},
    {.name = "+CTZR", .summary = "Report the time zone that the network tells",
     .write = {kReport}, .on_read = read_zone_report, .on_write = set_zone_report,
     .source = "27.007 §8.41, AT95 §6.14"},
    {.name = "+CTZU", .summary = "Set the clock to what the network tells", .write = {kUpdate},
     .on_read = read_update, .on_write = set_update, .source = "27.007 §8.40, AT95 §6.6"},
    {.name = "+QLTS", .summary = "The time that the network told", .write = {kMode},
     .on_write = show_network_time, .on_execute = show_network_time, .source = "AT95 §6.18"},
};
static_assert(at::is_sorted_by_name(kClockCommands));

}  // namespace

std::span<const CommandSpec> clock_commands() { return kClockCommands; }

}  // namespace vmodem::firmware
