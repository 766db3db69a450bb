// PDP contexts by the commands of the TCP/IP stack (TCP95 §2.3.1–2.3.3).
#include <fmt/format.h>

#include <algorithm>

#include "at_engine/text.h"
#include "firmware/commands/internet/socket_outcome.h"
#include "firmware/commands/packet/activation.h"
#include "firmware/commands/packet/params.h"
#include "firmware/commands/packet/tables.h"
#include "firmware/handlers.h"

namespace vmodem::firmware {
namespace {

constexpr IntParam<> kContext{"contextID", 1, kPdpIdMax};
constexpr IntParam<> kContextType{"context_type", 1, 3};
constexpr TextParam kUser{"username", {.size_max = 128, .sample = "user"}};
constexpr TextParam kPassword{"password", {.size_max = 128, .sample = "secret", .is_secret = true}};
constexpr IntParam<> kAuthentication{"authentication", 0, 3};

int number_of(PdpType type) {
  switch (type) {
    case PdpType::kIpv6:
      return 2;
    case PdpType::kIpv4v6:
      return 3;
    case PdpType::kIp:
    case PdpType::kPpp:
    case PdpType::kNonIp:
      break;
  }
  return 1;
}

PdpType type_of(int number) {
  constexpr PdpType kTypes[] = {PdpType::kIp, PdpType::kIpv6, PdpType::kIpv4v6};
  return kTypes[number - 1];
}

Outcome show_context(Services& services, int id) {
  const auto context = load_pdp(services.saved, id);
  return accept(services, at::ok(fmt::format("+QICSGP: {},\"{}\",\"{}\",\"{}\",{}",
                                             number_of(context.type), context.apn, context.user,
                                             context.password, context.authentication)));
}

bool is_apn_taken(const Services& services, std::string_view apn, int by_other_than) {
  if (apn.empty()) return false;
  for (int id = 1; id <= kPdpIdMax; ++id) {
    if (id == by_other_than) continue;
    const auto taken = load_pdp(services.saved, id).apn;
    // 23.003 §9.1: as host names, in any case.
    if (taken.size() == apn.size() && at::equals_ignoring_case(taken, apn)) return true;
  }
  return false;
}

Outcome configure_context(Services& services, Instant, const Arguments& args) {
  const auto id = args.get(kContext);
  if (args.count() == 1) return show_context(services, id);

  const bool is_complete = args.has(kContextType) && args.find_argument(kApn).present;
  if (!is_complete || is_apn_taken(services, args.get(kApn), id)) {
    return refuse(services, SocketError::kInvalidParameters);
  }
  auto context = load_pdp(services.saved, id);
  context.is_defined = true;
  context.type = type_of(args.get(kContextType));
  context.apn = args.get(kApn);
  if (args.has(kUser)) context.user = args.get(kUser);
  if (args.has(kPassword)) context.password = args.get(kPassword);
  context.authentication = args.find(kAuthentication).value_or(context.authentication);
  if (!save_pdp(services.saved, id, context)) return refuse(services, SocketError::kUnknown);
  return accept(services);
}

Outcome list_active(Services& services, Instant, const Arguments&) {
  Response response;
  for (int id = 1; id <= kPdpIdMax; ++id) {
    if (!services.pdp.is_active(id)) continue;
    for (const auto& address : services.pdp.addresses(id)) {
      const bool is_ipv6 = address.find(':') != std::string::npos;
      response.lines.push_back(fmt::format("+QIACT: {},1,{},\"{}\"", id, is_ipv6 ? 2 : 1, address));
    }
  }
  return accept(services, std::move(response));
}

Outcome activate(Services& services, Instant now, const Arguments& args) {
  const auto id = args.get(kContext);
  if (services.pdp.is_active(id)) {
    if (services.config.dialect.repeat_activation) return accept(services);
    return refuse(services, SocketError::kAlreadyActive);
  }
  const bool is_possible =
      services.radio.is_registered() && load_pdp(services.saved, id).carries_ip();
  if (!is_possible || begin_activation(services, now, id, PdpUser::kCommand)) {
    return refuse(services, SocketError::kActivationFailed);
  }
  services.internet.set_last_error(SocketError::kNone);
  if (services.pdp.is_active(id)) return at::ok();
  if (!services.pdp.activating_user(id)) {
    return refuse(services, SocketError::kActivationFailed);
  }
  if (services.tags.number(kAsynchronousActivation) == 1) return at::ok();
  services.pdp_command.wait_for({id}, at::error());
  return at::Pending{};
}

Outcome deactivate(Services& services, Instant now, const Arguments& args) {
  const auto id = args.get(kContext);
  const bool is_active = services.pdp.is_active(id);
  services.pdp.deactivate(id);
  const auto time = services.config.pdp.deactivation_time;
  if (!is_active || time == Duration::zero()) return accept(services);
  services.internet.set_last_error(SocketError::kNone);
  services.pdp_command.wait_until(now + time);
  return at::Pending{};
}

constexpr CommandSpec kPdpSocketCommands[] = {
    {.name = "+QIACT", .summary = "Activate a PDP context", .write = {kContext},
     .on_read = list_active, .on_write = activate, .on_refused = note_invalid_parameters,
     .response_time_max = 150s, .source = "TCP95 §2.3.2"},
    {.name = "+QICSGP", .summary = "Define a PDP context and its user",
     .write = {kContext, kContextType, kApn, kUser, kPassword, kAuthentication}, .optional = 5,
     .on_write = configure_context, .on_refused = note_invalid_parameters,
     .source = "TCP95 §2.3.1"},
    {.name = "+QIDEACT", .summary = "Deactivate a PDP context", .write = {kContext},
     .on_write = deactivate, .on_refused = note_invalid_parameters, .response_time_max = 40s,
     .source = "TCP95 §2.3.3"},
};
static_assert(at::is_sorted_by_name(kPdpSocketCommands));

}  // namespace

std::span<const CommandSpec> pdp_socket_commands() { return kPdpSocketCommands; }

}  // namespace vmodem::firmware
