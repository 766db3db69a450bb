#include "firmware/snapshot.h"

#include <array>

#include "firmware/model.h"
#include "firmware/modem_state.h"

namespace vmodem::firmware {
namespace {

using Snapshot = ModuleSnapshot;

Bytes to_bytes_of(ByteView octets) {
  return {octets.begin(), octets.end()};
}

std::string_view word_for(Power::State state) {
  switch (state) {
    case Power::State::kOff:
      return "off";
    case Power::State::kBooting:
      return "booting";
    case Power::State::kOn:
      return "on";
    case Power::State::kShuttingDown:
      break;
  }
  return "shutting down";
}

std::string_view word_for(coap::Type type) {
  constexpr std::array<std::string_view, 4> kNames{"CON", "NON", "ACK", "RST"};
  return kNames[static_cast<std::size_t>(type)];
}

Snapshot::Radio radio_of(const Radio& radio) {
  const auto view = radio.view(Domain::kPacket);
  Snapshot::Radio shown{.is_on = radio.is_on(),
                        .registration = static_cast<int>(view.registration),
                        .is_attached = radio.is_attached(),
                        .is_connected = radio.is_connected(),
                        .operator_name = {},
                        .operator_code = {},
                        .technology = {},
                        .cell = {},
                        .signal = {}};
  if (const auto* serving = radio.serving()) {
    shown.operator_name = serving->long_name;
    shown.operator_code = serving->numeric;
  }
  if (const auto technology = radio.technology()) shown.technology = static_cast<int>(*technology);
  if (view.cell) {
    shown.cell = {view.cell->area_code, view.cell->id, view.cell->band, view.cell->channel};
  }
  if (const auto signal = radio.signal()) {
    shown.signal = {signal->rssi_dbm, signal->rsrp_dbm, signal->rsrq_db, signal->sinr_db};
  }
  return shown;
}

std::vector<Snapshot::Context> contexts_of(const PdpContexts& pdp, const SavedSettings& saved) {
  std::vector<Snapshot::Context> contexts;
  for (int id = 1; id <= kPdpIdMax; ++id) {
    const bool is_activating = pdp.activating_user(id).has_value();
    const bool is_up = pdp.has_bearer(id) || pdp.is_active(id) || is_activating;
    const auto definition = is_up ? pdp.definition(id) : load_pdp(saved, id);
    if (!is_up && !definition.is_defined) continue;
    contexts.push_back({.id = id,
                        .type = name(definition.type),
                        .apn = definition.apn,
                        .has_bearer = pdp.has_bearer(id),
                        .is_active = pdp.is_active(id),
                        .is_activating = is_activating,
                        .addresses = is_up ? pdp.addresses(id) : std::vector<std::string>{}});
  }
  return contexts;
}

Snapshot::Client client_of(int id, const CoapClient& client) {
  const auto& preset = client.configuration();
  Snapshot::Client shown{.id = id,
                         .status = static_cast<int>(client.status()),
                         .host = client.server().host,
                         .port = client.server().port,
                         .is_secured = client.is_secured(),
                         .transport = {},
                         .deadline = client.poll_timeout(),
                         .pdp_context = preset.pdp_context,
                         .uses_dtls = preset.dtls,
                         .dtls_context = preset.dtls_context,
                         .ack_timeout_s = preset.ack_timeout_s,
                         .retry_count = preset.retry_count,
                         .next_message_id = client.header().peek_message_id(),
                         .token = {},
                         .slots = {},
                         .exchanges = {},
                         .waiting_messages = client.waiting_messages()};
  if (const auto transport = client.transport()) {
    shown.transport = static_cast<std::uint32_t>(*transport);
  }
  if (const auto& token = client.header().preset_token()) {
    shown.token = to_bytes_of(token->view());
  }
  for (std::size_t i = 0; i < OptionSlots::kCount; ++i) {
    if (const auto& slot = client.options().at(i)) {
      shown.slots.push_back({i, slot->number, slot->value});
    }
  }
  for (const auto& one : client.exchanges()) {
    shown.exchanges.push_back({.type = word_for(one.type),
                               .code = to_string(one.code),
                               .message_id = one.message_id,
                               .token = to_bytes_of(one.token.view()),
                               .retransmissions = one.retransmissions,
                               .retransmissions_max = one.retransmissions_max,
                               .deadline = one.deadline});
  }
  return shown;
}

Snapshot::Files files_of(const ufs::FileSystem& files) {
  Snapshot::Files shown{.is_readable = false, .free = 0, .total = 0, .files = {}, .open = {}};
  for (const auto& open : files.open_files()) {
    shown.open.push_back({static_cast<std::uint32_t>(open.handle), open.name.spelling(),
                          static_cast<int>(open.mode), open.position});
  }
  const auto space = files.space();
  if (!space) return shown;
  for (const auto* storage : {"UFS:*", "EUFS:/ufs/*", "EUFS:/datatx/*"}) {
    const auto listed = files.list(storage);
    if (!listed) return shown;
    for (const auto& file : *listed) shown.files.push_back({file.name.spelling(), file.size});
  }
  shown.is_readable = true;
  shown.free = space->free;
  shown.total = space->total;
  return shown;
}

}  // namespace

Snapshot Modem::snapshot(Instant now) const {
  auto& state = *state_;
  const auto& identity = state.config.identity;
  const auto* model = find_model(identity.model);
  const bool has_own_revision = identity.revision.empty() && model != nullptr;
  Snapshot shown{
      .identity = {.model = identity.model,
                   .revision = has_own_revision ? std::string(model->revision) : identity.revision,
                   .imei = identity.imei,
                   .power = word_for(state.power.state()),
                   .has_supply = !state.power.is_without_supply(),
                   .is_hanging = state.power.is_hanging(),
                   .functionality = static_cast<int>(state.power.functionality()),
                   .is_memory_full = state.is_memory_full,
                   .is_between_lines = state.engine.is_at_rest(),
                   .waiting_urcs = state.engine.urc_count()},
      .line = {.host = state.host, .module = state.circuits(), .is_asleep = state.is_asleep()},
      .card = {.iccid = identity.iccid,
               .imsi = identity.imsi,
               .status = name_of(state.sim.status()),
               .is_pin_enabled = state.sim.is_pin_enabled(),
               .pin_retries = state.sim.pin_retries(),
               .puk_retries = state.sim.puk_retries()},
      .radio = radio_of(state.radio),
      .contexts = contexts_of(state.pdp, state.saved),
      .clients = {},
      .files = files_of(state.files),
      .counters = {.dropped_urcs = state.engine.dropped_urc_count(),
                   .dropped_octets = state.engine.dropped_output_count()},
      .calendar = short_face_text(state.clock.face(now))};
  int id = 0;
  for (const auto& client : state.clients) shown.clients.push_back(client_of(id++, client));
  return shown;
}

}  // namespace vmodem::firmware
