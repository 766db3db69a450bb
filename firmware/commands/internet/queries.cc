// Ping, name look-up and network time (TCP95 §2.3.11–2.3.14, §2.3.17).
#include <fmt/format.h>

#include "firmware/coap/host_name.h"
#include "firmware/commands/internet/socket_outcome.h"
#include "firmware/commands/internet/tables.h"
#include "firmware/handlers.h"

namespace vmodem::firmware {
namespace {

constexpr IntParam<> kContext{"contextID", 1, kPdpIdMax};
constexpr TextParam kPrimary{"pridnsaddr", {.size_min = 2, .size_max = 45, .sample = "8.8.8.8"}};
constexpr TextParam kSecondary{"secdnsaddr", {.size_min = 2, .size_max = 45, .sample = "8.8.4.4"}};
constexpr TextParam kHostName{
    "host_name", {.size_min = 1, .size_max = 255, .sample = "iot.example"}};
constexpr TextParam kHost{"host", {.size_min = 1, .size_max = 255, .sample = "iot.example"}};
constexpr auto kTimeout = IntParam<>("timeout", 1, 255).by_default(4);
constexpr auto kPingCount = IntParam<>("pingnum", 1, 10).by_default(4);
constexpr TextParam kServer{"server", {.size_min = 1, .size_max = 255, .sample = "iot.example"}};
constexpr std::uint16_t kNtpPort = 123;  // RFC 4330 §4
constexpr auto kPort = IntParam<std::uint16_t>("port", 1, 65535).by_default(kNtpPort);
constexpr auto kAutoSet = IntParam<>("autosettime", {0, 1}).by_default(1);

Outcome show_error(Services& services, Instant, const Arguments&) {
  const auto error = services.internet.last_error();
  return at::ok(fmt::format("+QIGETERROR: {},{}", to_number(error), text_of(error)));
}

Outcome configure_name_servers(Services& services, Instant, const Arguments& args) {
  const auto context = args.get(kContext);
  if (!services.pdp.is_active(context)) return refuse(services, SocketError::kContextDeactivated);

  auto servers = services.internet.name_servers(context);
  if (!args.has(kPrimary) && !args.has(kSecondary)) {
    return accept(services, at::ok(fmt::format("+QIDNSCFG: {},\"{}\",\"{}\"", context,
                                               servers.primary, servers.secondary)));
  }
  if (args.has(kPrimary)) servers.primary = args.get(kPrimary);
  if (args.has(kSecondary)) servers.secondary = args.get(kSecondary);
  if (!is_ip_literal(servers.primary) || !is_ip_literal(servers.secondary)) {
    return refuse(services, SocketError::kInvalidParameters);
  }
  services.internet.set_name_servers(context, std::move(servers));
  return accept(services);
}

Outcome resolve_name(Services& services, Instant now, const Arguments& args) {
  const auto context = args.get(kContext);
  const auto host = args.get(kHostName);
  if (!is_host(host)) return refuse(services, SocketError::kInvalidParameters);
  if (!services.pdp.is_active(context)) return refuse(services, SocketError::kContextDeactivated);
  if (services.internet.names().is_running()) return refuse(services, SocketError::kDnsBusy);

  const auto& definition = services.pdp.definition(context);
  services.internet.names().start(
      now, {context, std::string(host), definition.has_ipv4(), definition.has_ipv6()});
  return accept(services);
}

Outcome ping(Services& services, Instant now, const Arguments& args) {
  const auto context = args.get(kContext);
  const auto host = args.get(kHost);
  if (!is_host(host)) return refuse(services, SocketError::kInvalidParameters);
  if (!services.pdp.is_active(context)) return refuse(services, SocketError::kContextDeactivated);
  if (services.internet.ping().is_running()) return refuse(services, SocketError::kBusy);

  const std::chrono::seconds timeout(args.get(kTimeout));
  services.internet.ping().start(now,
                                 {context, std::string(host), timeout, args.get(kPingCount)});
  return accept(services);
}

Outcome show_time_server(Services& services, Instant, const Arguments&) {
  const auto* running = services.internet.time().running();
  if (running == nullptr) return at::ok();
  return at::ok(fmt::format("+QNTP: \"{}\",{}", running->server, running->port));
}

Outcome synchronise(Services& services, Instant now, const Arguments& args) {
  const auto context = args.get(kContext);
  const auto server = args.get(kServer);
  if (!is_host(server)) return refuse(services, SocketError::kInvalidParameters);
  if (!services.pdp.is_active(context)) return refuse(services, SocketError::kContextDeactivated);
  if (services.internet.time().running() != nullptr) return refuse(services, SocketError::kBusy);

  const bool sets_clock = args.get(kAutoSet) == 1;
  services.internet.time().start(now,
                                 {context, std::string(server), args.get(kPort), sets_clock});
  return accept(services);
}

constexpr CommandSpec kInternetCommands[] = {
    {.name = "+QIDNSCFG", .summary = "Name servers of a PDP context",
     .write = {kContext, kPrimary, kSecondary}, .optional = 2, .on_write = configure_name_servers,
     .on_refused = note_invalid_parameters, .source = "TCP95 §2.3.13"},
    {.name = "+QIDNSGIP", .summary = "Look a name up", .write = {kContext, kHostName},
     .on_write = resolve_name, .on_refused = note_invalid_parameters, .response_time_max = 60s,
     .source = "TCP95 §2.3.14"},
    {.name = "+QIGETERROR", .summary = "Result of the last TCP/IP command",
     .on_execute = show_error, .source = "TCP95 §2.3.17"},
    {.name = "+QNTP", .summary = "Take the time from an NTP server",
     .write = {kContext, kServer, kPort, kAutoSet}, .optional = 2, .on_read = show_time_server,
     .on_write = synchronise, .on_refused = note_invalid_parameters, .response_time_max = 125s,
     .source = "TCP95 §2.3.12"},
    {.name = "+QPING", .summary = "Ping a host",
     .write = {kContext, kHost, kTimeout, kPingCount}, .optional = 2, .on_write = ping,
     .on_refused = note_invalid_parameters, .response_time_max = 300s, .source = "TCP95 §2.3.11"},
};
static_assert(at::is_sorted_by_name(kInternetCommands));

}  // namespace

std::span<const CommandSpec> internet_commands() { return kInternetCommands; }

}  // namespace vmodem::firmware
