#include "firmware/commands/packet/activation.h"

#include <fmt/format.h>

#include <utility>

#include "firmware/services.h"

namespace vmodem::firmware {
namespace {

// TCP95 §2.3.2.
constexpr std::size_t kActiveMax = 3;
constexpr std::size_t kActiveMaxNbIot = 2;

constexpr int kDefaultBearer = 1;

// A store that fails keeps the definition for this activation only.
PdpDefinition defined_pdp(at::Services& services, int id) {
  auto definition = load_pdp(services.saved, id);
  if (std::exchange(definition.is_defined, true)) return definition;
  static_cast<void>(save_pdp(services.saved, id, definition));
  return definition;
}

std::string end_event(const at::Services& services, const PdpDeactivated& news) {
  if (news.by == PdpDeactivated::By::kHost) return fmt::format("PDN DEACT {}", news.id);
  // 27.007 §10.1.19.
  const auto addresses = services.pdp.addresses(news.id);
  return fmt::format("NW DEACT \"{}\",\"{}\",{}", name(services.pdp.definition(news.id).type),
                     addresses.empty() ? "" : addresses.front(), news.id);
}

}  // namespace

std::optional<PdpObstacle> begin_activation(at::Services& services, Instant now, int id,
                                            PdpUser user, PdpLayer layer) {
  if (services.pdp.activating_user(id)) return std::nullopt;
  const bool is_nb_iot = services.radio.technology() == Technology::kNbIot;
  const bool needs_network = !services.pdp.has_bearer(id);
  const auto obstacle = services.pdp.activate(now, {id, user, layer, defined_pdp(services, id)},
                                              is_nb_iot ? kActiveMaxNbIot : kActiveMax);
  if (!obstacle && needs_network) services.radio.note_signalling(now);
  return obstacle;
}

void bring_up_default_bearer(at::Services& services) {
  if (!services.config.dialect.default_bearer) return;
  services.pdp.attach(kDefaultBearer, defined_pdp(services, kDefaultBearer));
}

std::string_view describe(PdpObstacle obstacle) {
  switch (obstacle) {
    case PdpObstacle::kTooMany:
      return "the technology takes no further PDP context";
    case PdpObstacle::kDroppedBefore:
      break;
  }
  return "the network has dropped the PDP context and AT+QIDEACT is missing";
}

void tell_users(at::Services& services, Instant now, const PdpActivated& news) {
  if (news.is_bearer_new) {
    services.radio.note_signalling(now);
    services.packet_events.report(fmt::format("PDN ACT {}", news.id));
  }
  services.pdp_command.handle_activated(news.id);
  if (!news.has_context) return;
  for (auto& client : services.coap) client.handle_context_activated(news.id);
}

void tell_users(at::Services& services, Instant now, const PdpFailed& news) {
  services.radio.note_signalling(now);
  if (news.user == PdpUser::kCommand) {
    services.internet.set_last_error(SocketError::kActivationFailed);
  }
  services.pdp_command.handle_failed(news.id);
  for (auto& client : services.coap) client.handle_context_failed(news.id, news.why);
}

void tell_users(at::Services& services, Instant now, const PdpDeactivated& news) {
  // 27.007 §10.1.19: a detach speaks for its contexts.
  if (news.is_bearer_lost && news.by != PdpDeactivated::By::kDetach) {
    services.radio.note_signalling(now);
    services.packet_events.report(end_event(services, news));
  }
  services.internet.end_context(news.id);
  for (auto& client : services.coap) {
    if (client.session_context() == news.id) {
      client.end_session(now, "its PDP context is deactivated");
    }
  }
}

}  // namespace vmodem::firmware
