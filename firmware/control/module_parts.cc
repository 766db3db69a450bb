// What is shown of the module.
#include <fmt/format.h>

#include "firmware/control/state_parts.h"
#include "firmware/control/values.h"

namespace vmodem::control {
namespace {

using nlohmann::json;
using enum MemberType;

constexpr Member kModemMembers[] = {
    member("model", kText, "of the note's Table 1"),
    member("revision", kText, "AT+GMR"),
    member("imei", kText),
    member("power", kText, "off, booting, on or shutting down"),
    member("has_supply", kTruth),
    member("is_hanging", kTruth),
    member("functionality", kInteger, "<fun> of AT+CFUN"),
    member("is_memory_full", kTruth, "opens and sends are refused with -8"),
    member("is_between_lines", kTruth, "no command line runs, is half typed or waits for data"),
    member("waiting_urcs", kInteger),
};
constexpr Shape kModemShape{"Modem", "The module itself.", kModemMembers};

json show_modem(const Shown& shown) {
  const auto& one = shown.module.identity;
  return {{"model", one.model},
          {"revision", one.revision},
          {"imei", one.imei},
          {"power", one.power},
          {"has_supply", one.has_supply},
          {"is_hanging", one.is_hanging},
          {"functionality", one.functionality},
          {"is_memory_full", one.is_memory_full},
          {"is_between_lines", one.is_between_lines},
          {"waiting_urcs", one.waiting_urcs}};
}

constexpr Member kLineMembers[] = {
    member("is_wired", kTruth, "the host has circuits; a PTY has none"),
    member("dtr", kTruth, "of the host"),
    member("rts", kTruth, "of the host"),
    member("host_rate", kInteger, "bit/s; null: it is not known").optional(),
    member("dsr", kTruth),
    member("cts", kTruth),
    member("dcd", kTruth),
    member("ri", kTruth),
    member("rate", kInteger, "bit/s, of the module"),
    member("is_asleep", kTruth, "what the host sends is lost"),
};
constexpr Shape kLineShape{"Line", "The circuits between module and host.", kLineMembers};

json show_line(const Shown& shown) {
  const auto& [host, module, is_asleep] = shown.module.line;
  return {{"is_wired", host.are_wired},
          {"dtr", host.dtr},
          {"rts", host.rts},
          {"host_rate", or_null(host.rate)},
          {"dsr", module.dsr},
          {"cts", module.cts},
          {"dcd", module.dcd},
          {"ri", module.ri},
          {"rate", module.rate},
          {"is_asleep", is_asleep}};
}

constexpr Member kCardMembers[] = {
    member("status", kText, "in words"),
    member("iccid", kText),
    member("imsi", kText),
    member("is_pin_enabled", kTruth),
    member("pin_retries", kInteger, "left"),
    member("puk_retries", kInteger, "left"),
};
constexpr Shape kCardShape{"Card", "The SIM card, without its PIN and PUK.", kCardMembers};

json show_card(const Shown& shown) {
  const auto& one = shown.module.card;
  return {{"status", one.status},
          {"iccid", one.iccid},
          {"imsi", one.imsi},
          {"is_pin_enabled", one.is_pin_enabled},
          {"pin_retries", one.pin_retries},
          {"puk_retries", one.puk_retries}};
}

constexpr Member kSignalMembers[] = {
    member("rssi", kInteger, "dBm"),
    member("rsrp", kInteger, "dBm"),
    member("rsrq", kInteger, "dB"),
    member("sinr", kNumber, "dB"),
};
constexpr Shape kSignalShape{"Signal", "What the radio measures.", kSignalMembers};
constexpr Member kCellMembers[] = {
    member("area_code", kText, "hexadecimal"),
    member("id", kText, "hexadecimal"),
    member("band", kText, "as AT+QNWINFO prints it"),
    member("channel", kInteger),
};
constexpr Shape kCellShape{"Cell", "The cell that serves the module.", kCellMembers};
constexpr Member kRadioMembers[] = {
    member("is_on", kTruth),
    member("registration", kInteger, "<stat> of +CEREG"),
    member("is_attached", kTruth),
    member("is_connected", kTruth, "the signalling connection"),
    member("operator", kText).optional(),
    member("operator_code", kText, "MCC and MNC").optional(),
    member("technology", kInteger, "<AcT>: 0 EGPRS, 8 eMTC, 9 NB-IoT").optional(),
    member("cell", kCellShape).optional(),
    member("signal", kSignalShape).optional(),
};
constexpr Shape kRadioShape{"Radio", "Registration and what the radio hears.", kRadioMembers};

json show_radio(const Shown& shown) {
  const auto& one = shown.module.radio;
  json cell;
  if (one.cell) {
    cell = {{"area_code", one.cell->area_code},
            {"id", one.cell->id},
            {"band", one.cell->band},
            {"channel", one.cell->channel}};
  }
  json signal;
  if (one.signal) {
    signal = {{"rssi", one.signal->rssi_dbm},
              {"rsrp", one.signal->rsrp_dbm},
              {"rsrq", one.signal->rsrq_db},
              {"sinr", one.signal->sinr_db}};
  }
  return {{"is_on", one.is_on},
          {"registration", one.registration},
          {"is_attached", one.is_attached},
          {"is_connected", one.is_connected},
          {"operator", or_null(one.operator_name)},
          {"operator_code", or_null(one.operator_code)},
          {"technology", or_null(one.technology)},
          {"cell", std::move(cell)},
          {"signal", std::move(signal)}};
}

constexpr Member kContextMembers[] = {
    member("id", kInteger, "1 to 16"),
    member("type", kText, "as AT+CGDCONT spells it"),
    member("apn", kText),
    member("has_bearer", kTruth, "AT+CGACT"),
    member("is_active", kTruth, "for the TCP/IP stack and CoAP"),
    member("is_activating", kTruth),
    member("addresses", kText, "IPv4 first").list(),
};
constexpr Shape kContextShape{"Context", "A PDP context, without its user and password.",
                              kContextMembers};

json show_contexts(const Shown& shown) {
  auto list = json::array();
  for (const auto& one : shown.module.contexts) {
    list.push_back({{"id", one.id},
                    {"type", one.type},
                    {"apn", one.apn},
                    {"has_bearer", one.has_bearer},
                    {"is_active", one.is_active},
                    {"is_activating", one.is_activating},
                    {"addresses", one.addresses}});
  }
  return list;
}

constexpr Member kSlotMembers[] = {
    member("index", kInteger, "0 to 7"),
    member("number", kInteger, "of the option"),
    member("hex", kHex),
    member("payload", kText, "the same where it is a text").optional(),
};
constexpr Shape kSlotShape{"OptionSlot", "What AT+QCOAPOPTION has preset.", kSlotMembers};
constexpr Member kClientMembers[] = {
    member("id", kInteger, "0 to 5"),
    member("status", kInteger, "0 idle, 1 opening, 2 connecting, 3 connected, 4 disconnecting"),
    member("host", kText, "of the session, or of the last one"),
    member("port", kInteger),
    member("is_secured", kTruth, "the session is DTLS"),
    member("local", kEndpoint, "in the simulated internet").optional(),
    member("remote", kEndpoint, "in the simulated internet").optional(),
    member("next_deadline", kNumber, "an instant, in seconds").optional(),
    member("pdp_context", kInteger, "AT+QCOAPCFG, as the next four"),
    member("uses_dtls", kTruth),
    member("dtls_context", kInteger),
    member("ack_timeout", kInteger, "seconds"),
    member("retry_count", kInteger),
    member("next_message_id", kInteger, "AT+QCOAPHEADER"),
    member("token", kHex, "AT+QCOAPHEADER; null: a new one for each message").optional(),
    member("slots", kSlotShape).list(),
    member("waiting_messages", kInteger, "for an exchange to end"),
};
constexpr Shape kClientShape{"Client", "One of the six CoAP clients.", kClientMembers};

json show_client(const Shown& shown, const firmware::ModuleSnapshot::Client& one) {
  json local;
  json remote;
  if (one.transport) {
    const firmware::TransportId transport{*one.transport};
    if (const auto ends = shown.controlled.steering.ends_of(transport)) {
      local = to_string(ends->local);
      remote = to_string(ends->remote);
    }
  }
  auto slots = json::array();
  for (const auto& slot : one.slots) {
    json object{{"index", slot.index}, {"number", slot.number}};
    put_octets(object, slot.value);
    slots.push_back(std::move(object));
  }
  return {{"id", one.id},
          {"status", one.status},
          {"host", one.host},
          {"port", one.port},
          {"is_secured", one.is_secured},
          {"local", std::move(local)},
          {"remote", std::move(remote)},
          {"next_deadline", seconds(one.deadline)},
          {"pdp_context", one.pdp_context},
          {"uses_dtls", one.uses_dtls},
          {"dtls_context", one.dtls_context},
          {"ack_timeout", one.ack_timeout_s},
          {"retry_count", one.retry_count},
          {"next_message_id", one.next_message_id},
          {"token", one.token ? json(to_hex_lower(*one.token)) : json()},
          {"slots", std::move(slots)},
          {"waiting_messages", one.waiting_messages}};
}

json show_clients(const Shown& shown) {
  auto list = json::array();
  for (const auto& one : shown.module.clients) list.push_back(show_client(shown, one));
  return list;
}

constexpr Member kExchangeMembers[] = {
    member("client", kInteger, "0 to 5"),
    member("type", kText),
    member("code", kText, "class.detail"),
    member("message_id", kInteger),
    member("token", kHex),
    member("retransmissions", kInteger, "so far"),
    member("retransmissions_max", kInteger),
    member("next_deadline", kNumber, "of the next retransmission, or the end, in seconds"),
};
constexpr Shape kExchangeShape{"Exchange", "A confirmable message in flight.", kExchangeMembers};

json show_exchanges(const Shown& shown) {
  auto list = json::array();
  for (const auto& client : shown.module.clients) {
    for (const auto& one : client.exchanges) {
      list.push_back({{"client", client.id},
                      {"type", one.type},
                      {"code", one.code},
                      {"message_id", one.message_id},
                      {"token", to_hex_lower(one.token)},
                      {"retransmissions", one.retransmissions},
                      {"retransmissions_max", one.retransmissions_max},
                      {"next_deadline", seconds(one.deadline)}});
    }
  }
  return list;
}

constexpr Member kFileMembers[] = {
    member("name", kText, "as AT+QFLST prints it"),
    member("size", kInteger, "octets"),
};
constexpr Shape kFileShape{"File", "A file, without what is in it.", kFileMembers};
constexpr Member kOpenFileMembers[] = {
    member("handle", kInteger),
    member("name", kText),
    member("mode", kInteger, "of AT+QFOPEN"),
    member("position", kInteger),
};
constexpr Shape kOpenFileShape{"OpenFile", "What AT+QFOPEN has opened.", kOpenFileMembers};
constexpr Member kFilesMembers[] = {
    member("is_readable", kTruth, "else the storage fails, and nothing is known of it"),
    member("free", kInteger, "octets"),
    member("total", kInteger, "octets"),
    member("files", kFileShape).list(),
    member("open", kOpenFileShape).list(),
};
constexpr Shape kFilesShape{"Files", "The file storage.", kFilesMembers};

json show_files(const Shown& shown) {
  const auto& one = shown.module.files;
  auto files = json::array();
  for (const auto& file : one.files) files.push_back({{"name", file.name}, {"size", file.size}});
  auto open = json::array();
  for (const auto& file : one.open) {
    open.push_back({{"handle", file.handle},
                    {"name", file.name},
                    {"mode", file.mode},
                    {"position", file.position}});
  }
  return {{"is_readable", one.is_readable},
          {"free", one.free},
          {"total", one.total},
          {"files", std::move(files)},
          {"open", std::move(open)}};
}

constexpr StatePart kParts[] = {
    {"modem", "The module itself.", &kModemShape, false, show_modem},
    {"line", "The circuits between module and host.", &kLineShape, false, show_line},
    {"card", "The SIM card.", &kCardShape, false, show_card},
    {"radio", "Registration and signal.", &kRadioShape, false, show_radio},
    {"contexts", "PDP contexts that are defined, or up.", &kContextShape, true, show_contexts},
    {"clients", "The six CoAP clients: status, presets, option slots.", &kClientShape, true,
     show_clients},
    {"exchanges", "Confirmable messages in flight, with their next deadline.", &kExchangeShape,
     true, show_exchanges},
    {"files", "The names and sizes of files.", &kFilesShape, false, show_files},
};

}  // namespace

std::span<const StatePart> module_parts() {
  return kParts;
}

Shown shown_of(Controlled& controlled, Instant now) {
  return {controlled, now, controlled.steering.module(now), controlled.steering.surroundings(now)};
}

}  // namespace vmodem::control
