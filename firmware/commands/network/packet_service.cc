// Attachment, its events and the radio connection (27.007 §10.1; AT95 §6.17, §9.1, §9.6).
#include <fmt/format.h>

#include "firmware/commands/network/tables.h"
#include "firmware/handlers.h"

namespace vmodem::firmware {
namespace {

constexpr IntParam<> kState{"state", {0, 1}};
// 27.007 §10.1.19: the command without a value stands for the defaults.
constexpr auto kEventMode = IntParam<>("mode", 0, 2).by_default(0);
constexpr auto kBuffer = IntParam<>("bfr", {0, 1}).by_default(0);
constexpr IntParam<> kConnectionReport{"n", {0, 1}};

Outcome read_attachment(Services& services, Instant, const Arguments&) {
  return at::ok(fmt::format("+CGATT: {}", static_cast<int>(services.radio.is_attached())));
}

Outcome set_attachment(Services& services, Instant now, const Arguments& args) {
  if (args.get(kState) == 0) {
    services.radio.detach(now);
    return at::ok();
  }
  const auto attached = services.radio.attach(now);
  if (!attached) return at::error(attached.error());
  return at::ok();
}

Outcome read_event_mode(Services& services, Instant, const Arguments&) {
  const auto& mode = services.registers.packet_events;
  return at::ok(fmt::format("+CGEREP: {},{}", mode.mode, mode.buffer));
}

Outcome set_event_mode(Services& services, Instant, const Arguments& args) {
  services.registers.packet_events = {args.get(kEventMode), args.get(kBuffer)};
  services.packet_events.handle_mode_change();
  return at::ok();
}

Outcome read_connection(Services& services, Instant, const Arguments&) {
  const auto& radio = services.radio;
  return at::ok(fmt::format("+QCSCON: {},{}", static_cast<int>(radio.is_connection_reported()),
                            static_cast<int>(radio.is_connected())));
}

Outcome set_connection_report(Services& services, Instant, const Arguments& args) {
  services.radio.set_connection_reported(args.get(kConnectionReport) == 1);
  return at::ok();
}

constexpr CommandSpec kPacketServiceCommands[] = {
    {.name = "+CGATT", .summary = "Attach to or detach from the packet service",
     .write = {kState}, .on_read = read_attachment, .on_write = set_attachment,
     .response_time_max = 140s, .source = "27.007 §10.1.9, AT95 §9.1"},
    {.name = "+CGEREP", .summary = "Reports of packet service events, +CGEV",
     .write = {kEventMode, kBuffer}, .optional = 1, .on_read = read_event_mode,
     .on_write = set_event_mode, .on_execute = set_event_mode,
     .source = "27.007 §10.1.19, AT95 §9.6"},
    {.name = "+QCSCON", .summary = "State of the radio connection, and its URC",
     .write = {kConnectionReport}, .on_read = read_connection, .on_write = set_connection_report,
     .source = "AT95 §6.17"},
};
static_assert(at::is_sorted_by_name(kPacketServiceCommands));

}  // namespace

std::span<const CommandSpec> packet_service_commands() { return kPacketServiceCommands; }

}  // namespace vmodem::firmware
