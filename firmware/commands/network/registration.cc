// Registration, operator and what the radio measures (27.007 §7, §8.5, §10.1; AT95 §6, §9.5, §9.8).
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "firmware/commands/network/tables.h"
#include "firmware/handlers.h"

namespace vmodem::firmware {
namespace {

// 27.007 §7.2: the command without a value stands for the default.
constexpr auto kCregMode = IntParam<>("n", 0, 2).by_default(0);
constexpr auto kPacketMode = IntParam<>("n", {0, 1, 2, 4}).by_default(0);
constexpr IntParam<SelectionMode> kSelectionMode{"mode", 0, 4};
constexpr IntParam<OperatorFormat> kFormat{"format", 0, 2};
constexpr TextParam kOperator{
    "oper", {.size_min = 1, .size_max = 32, .bare = Bare::kDigits, .sample = "46001"}};
constexpr IntParam<Technology> kTechnology{"AcT", {0, 8, 9}};

template <Domain kDomain>
Outcome read_registration(Services& services, Instant, const Arguments&) {
  const auto mode = mode_of(services.registers.reports, kDomain);
  return at::ok(fmt::format("{}: {},{}", command_of(kDomain), mode,
                            registration_text(kDomain, services.radio.view(kDomain), mode)));
}

template <int ReportModes::*kMode, const IntParam<>& kParam>
Outcome set_reporting(Services& services, Instant, const Arguments& args) {
  services.registers.reports.*kMode = args.get(kParam);
  return at::ok();
}

Outcome read_operator(Services& services, Instant, const Arguments&) {
  const auto& radio = services.radio;
  const auto& selection = radio.selection();
  // AT95 §2.22: the radio that is off reads as deregistered.
  const auto mode = radio.is_on() ? selection.mode : SelectionMode::kDeregistered;
  const auto* network = radio.serving();
  const bool is_selected =
      network != nullptr && is_registered(radio.view(Domain::kCircuit).registration);
  if (!is_selected) return at::ok(fmt::format("+COPS: {}", static_cast<int>(mode)));
  return at::ok(fmt::format("+COPS: {},{},\"{}\",{}", static_cast<int>(mode),
                            static_cast<int>(selection.format),
                            name_of(*network, selection.format),
                            static_cast<int>(network->technology)));
}

Outcome list_operators(Services& services, Instant, const Arguments&) {
  const auto& radio = services.radio;
  if (!radio.is_on()) return at::error(at::cme::kOperationNotAllowed);

  constexpr int kAvailable = 1;
  constexpr int kCurrent = 2;
  constexpr int kForbidden = 3;
  std::string list;
  for (const auto* entry : radio.visible_operators()) {
    const int standing = entry == radio.serving()               ? kCurrent
                         : entry->access == Access::kForbidden ? kForbidden
                                                               : kAvailable;
    list += fmt::format("({},\"{}\",\"{}\",\"{}\",{}),", standing, entry->long_name,
                        entry->short_name, entry->numeric, static_cast<int>(entry->technology));
  }
  return at::ok(fmt::format("+COPS: {},(0,1,2,3,4),(0,1,2)", list.empty() ? "," : list));
}

// What the host gets to hear of a selection by hand; nothing where the network takes the module.
std::optional<at::CmeError> refusal_of(const Radio& radio, const OperatorSelection& selection) {
  if (!radio.is_on()) return at::cme::kOperationNotAllowed;
  const auto visible = radio.visible_operators();
  const auto found = std::ranges::find_if(
      visible, [&](const Operator* entry) { return selection.matches(*entry); });
  if (found == visible.end()) return at::cme::kNoNetworkService;
  if ((*found)->access == Access::kForbidden) return at::cme::kNetworkNotAllowed;
  return std::nullopt;
}

at::Response apply_selection(Services& services, Instant now, const OperatorSelection& selection) {
  services.radio.select(now, selection);
  return save_selection(services.saved, selection) ? at::ok() : at::error();
}

Outcome select_operator(Services& services, Instant now, const Arguments& args) {
  auto selection = services.radio.selection();
  selection.format = args.find(kFormat).value_or(selection.format);
  const auto mode = args.get(kSelectionMode);
  if (mode == SelectionMode::kFormatOnly) return apply_selection(services, now, selection);

  selection.mode = mode;
  selection.name = args.get(kOperator);
  selection.technology = args.find(kTechnology);
  if (!selection.is_manual()) return apply_selection(services, now, selection);
  if (selection.name.empty()) return at::error();

  const auto refusal = refusal_of(services.radio, selection);
  if (refusal && mode == SelectionMode::kManualThenAutomatic && services.radio.is_on()) {
    // 27.007 §7.3: where the selection by hand fails, the module goes on in mode 0.
    return apply_selection(services, now, {.format = selection.format});
  }
  const auto applied = apply_selection(services, now, selection);
  if (refusal) return at::error(*refusal);
  return applied;
}

Outcome show_signal(Services& services, Instant, const Arguments&) {
  return at::ok("+CSQ: " + text_of(quality_of(services.radio.signal())));
}

std::string lte_strength(std::string_view mode, const Signal& signal) {
  // AT95 §6.16: 0 is −20 dB, 250 is +30 dB.
  const long sinr = std::clamp(std::lround((signal.sinr_db + 20) * 5), 0L, 250L);
  return fmt::format("+QCSQ: \"{}\",{},{},{},{}", mode, signal.rssi_dbm, signal.rsrp_dbm, sinr,
                     signal.rsrq_db);
}

std::string strength_text(Technology technology, const Signal& signal) {
  switch (technology) {
    case Technology::kEmtc:
      return lte_strength("eMTC", signal);
    case Technology::kNbIot:
      return lte_strength("NBIoT", signal);
    case Technology::kEgprs:
      break;
  }
  return fmt::format("+QCSQ: \"GSM\",{}", signal.rssi_dbm);
}

Outcome show_strength(Services& services, Instant, const Arguments&) {
  const auto technology = services.radio.technology();
  const auto signal = services.radio.signal();
  if (!technology || !signal) return at::ok("+QCSQ: \"NOSERVICE\"");
  return at::ok(strength_text(*technology, *signal));
}

std::string_view network_name(Technology technology) {
  switch (technology) {
    case Technology::kEmtc:
      return "eMTC";
    case Technology::kNbIot:
      return "NBIoT";
    case Technology::kEgprs:
      break;
  }
  return "EDGE";
}

Outcome show_network(Services& services, Instant, const Arguments&) {
  const auto* network = services.radio.serving();
  if (network == nullptr) return at::ok("+QNWINFO: No Service");
  return at::ok(fmt::format("+QNWINFO: \"{}\",\"{}\",\"{}\",{}",
                            network_name(network->technology), network->numeric,
                            network->cell.band, network->cell.channel));
}

constexpr CommandSpec kNetworkCommands[] = {
    {.name = "+CEREG", .summary = "EPS registration, and its URC", .write = {kPacketMode},
     .optional = 1, .test = "+CEREG: (0-2,4)",
     .on_read = read_registration<Domain::kEps>,
     .on_write = set_reporting<&ReportModes::cereg, kPacketMode>,
     .on_execute = set_reporting<&ReportModes::cereg, kPacketMode>,
     .source = "27.007 §10.1.22, AT95 §9.8"},
    {.name = "+CGREG", .summary = "GPRS registration, and its URC", .write = {kPacketMode},
     .optional = 1, .test = "+CGREG: (0-2,4)",
     .on_read = read_registration<Domain::kPacket>,
     .on_write = set_reporting<&ReportModes::cgreg, kPacketMode>,
     .on_execute = set_reporting<&ReportModes::cgreg, kPacketMode>,
     .source = "27.007 §10.1.20, AT95 §9.5"},
    {.name = "+COPS", .summary = "Choice of the operator",
     .write = {kSelectionMode, kFormat, kOperator, kTechnology}, .optional = 3,
     .on_test = list_operators, .on_read = read_operator, .on_write = select_operator,
     .response_time_max = 180s, .source = "27.007 §7.3, AT95 §6.2"},
    {.name = "+CREG", .summary = "Network registration, and its URC", .write = {kCregMode},
     .optional = 1, .on_read = read_registration<Domain::kCircuit>,
     .on_write = set_reporting<&ReportModes::creg, kCregMode>,
     .on_execute = set_reporting<&ReportModes::creg, kCregMode>,
     .source = "27.007 §7.2, AT95 §6.1"},
    {.name = "+CSQ", .summary = "Signal quality", .test = "+CSQ: (0-31,99),(0-7,99)",
     .on_execute = show_signal, .source = "27.007 §8.5, AT95 §6.3",
     .evidence = Evidence::kCaptured},
    {.name = "+QCSQ", .summary = "Signal strength of the technology in service",
     .test = "+QCSQ: \"NOSERVICE\",\"GSM\",\"eMTC\",\"NBIoT\"", .on_execute = show_strength,
     .source = "AT95 §6.16", .evidence = Evidence::kCaptured},
    {.name = "+QNWINFO", .summary = "Technology, operator, band and channel in service",
     .on_execute = show_network, .source = "AT95 §6.15", .evidence = Evidence::kCaptured},
};
static_assert(at::is_sorted_by_name(kNetworkCommands));

}  // namespace

std::span<const CommandSpec> network_commands() { return kNetworkCommands; }

}  // namespace vmodem::firmware
