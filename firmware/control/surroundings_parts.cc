// What is shown of the module's surroundings.
#include "firmware/control/state_parts.h"
#include "firmware/control/time_control.h"
#include "firmware/control/values.h"

namespace vmodem::control {
namespace {

using nlohmann::json;
using enum MemberType;

constexpr Member kServerMembers[] = {
    member("endpoint", kEndpoint), member("is_secured", kTruth, "by DTLS"),
    member("is_silent", kTruth),   member("resources", kInteger, "that exist"),
    member("observers", kInteger),
};

json show_server_part(const Shown& shown) {
  return show_servers(shown.controlled, shown.now);
}

constexpr Member kLinkMembers[] = {
    member("is_down", kTruth, "no datagram passes, in one direction at least"),
    member("is_ideal", kTruth, "every datagram passes at once and unchanged"),
    member("is_unreachable", kTruth, "no socket can be made"),
    member("is_serial_paced", kTruth, "the serial line is slow"),
    member("waiting_inputs", kInteger, "of POST /serial/input"),
};
constexpr Shape kLinkShape{"Link", "The cellular link and the serial line.", kLinkMembers};

json show_link(const Shown& shown) {
  const auto& one = shown.surroundings;
  return {{"is_down", one.is_link_down},
          {"is_ideal", one.is_link_ideal},
          {"is_unreachable", one.is_unreachable},
          {"is_serial_paced", one.is_serial_paced},
          {"waiting_inputs", one.waiting_inputs}};
}

constexpr Member kCounterMembers[] = {
    member("part", kText, "modem, link, servers or serial"),
    member("what", kText, "in words"),
    member("count", kInteger),
};
constexpr Shape kCounterShape{"Counter", "How often something has happened.", kCounterMembers};

json show_counters(const Shown& shown) {
  const auto& module = shown.module.counters;
  auto list = json::array(
      {{{"part", "modem"}, {"what", "URCs that found no room"}, {"count", module.dropped_urcs}},
       {{"part", "modem"},
        {"what", "octets of output that nobody read"},
        {"count", module.dropped_octets}}});
  for (const auto& one : shown.surroundings.counters) {
    list.push_back({{"part", one.part}, {"what", one.what}, {"count", one.count}});
  }
  return list;
}

constexpr Member kClockMembers[] = {
    member("now", kNumber, "the module's time, in seconds"),
    member("mode", kText, "of --clock; null: nobody steers the time").optional(),
    member("is_paused", kTruth),
    member("next_deadline", kNumber, "in seconds").optional(),
    member("is_idle", kTruth, "nothing happens unless the host or a tester brings it about"),
    member("calendar", kText, "as AT+CCLK? shows it"),
};

constexpr Member kFaultMembers[] = {
    member("id", kInteger),
    member("scenario", kInteger, "in which it came").optional(),
    member("text", kText, "as it was written"),
    member("at", kNumber, "an instant, in seconds; null: it waits for its occurrence").optional(),
    member("is_end", kTruth, "of a fault with a duration"),
    member("is_standing", kTruth, "it happens upon each occurrence"),
};

json show_fault_part(const Shown& shown) {
  return show_faults(shown.controlled);
}

}  // namespace

const Shape kClockShape{"Clock", "The module's time.", kClockMembers};
const Shape kFaultShape{"Fault", "What is to happen.", kFaultMembers};
const Shape kServerShape{"Server", "A simulated server.", kServerMembers};

json show_clock(const Shown& shown) {
  const auto* time = shown.controlled.subject.time;
  return {{"now", seconds(shown.now)},
          {"mode", time != nullptr ? json(time->mode()) : json()},
          {"is_paused", time != nullptr && time->is_paused()},
          {"next_deadline", seconds(shown.surroundings.deadline)},
          {"is_idle", shown.surroundings.is_idle},
          {"calendar", shown.module.calendar}};
}

json show_faults(Controlled& controlled) {
  auto list = json::array();
  for (const auto& one : controlled.steering.scenario().waiting()) {
    const auto scenario = static_cast<std::uint64_t>(one.scenario);
    list.push_back({{"id", static_cast<std::uint64_t>(one.id)},
                    {"scenario", scenario != 0 ? json(scenario) : json()},
                    {"text", one.text},
                    {"at", seconds(one.at)},
                    {"is_end", one.is_end},
                    {"is_standing", one.is_standing}});
  }
  return list;
}

json show_servers(Controlled& controlled, Instant now) {
  auto list = json::array();
  auto& internet = controlled.steering.internet();
  for (const auto& endpoint : internet.endpoints()) {
    const auto server = internet.server(now, endpoint);
    std::size_t resources = 0;
    std::size_t observers = 0;
    for (const auto& one : server->resources) {
      resources += one.resource.exists ? 1 : 0;
      observers += one.observer_count;
    }
    list.push_back({{"endpoint", to_string(endpoint)},
                    {"is_secured", server->is_secured},
                    {"is_silent", server->is_silent},
                    {"resources", resources},
                    {"observers", observers}});
  }
  return list;
}

std::span<const StatePart> surroundings_parts() {
  static const StatePart kParts[] = {
      {"servers", "The simulated servers.", &kServerShape, true, show_server_part},
      {"link", "The cellular link and the serial line.", &kLinkShape, false, show_link},
      {"counters", "What has happened how often.", &kCounterShape, true, show_counters},
      {"clock", "The module's time.", &kClockShape, false, show_clock},
      {"faults", "What waits for its instant or its occurrence.", &kFaultShape, true,
       show_fault_part},
  };
  return kParts;
}

}  // namespace vmodem::control
