// PDP contexts by the commands of 27.007 (§10.1; AT95 §9.2–9.4).
#include <fmt/format.h>

#include <array>
#include <set>

#include "firmware/commands/packet/activation.h"
#include "firmware/commands/packet/params.h"
#include "firmware/commands/packet/tables.h"
#include "firmware/handlers.h"

namespace vmodem::firmware {
namespace {

constexpr IntParam<> kCid{"cid", 1, kPdpCidMax};
constexpr auto kType =
    WordParam("PDP_type", {"IP", "PPP", "IPV6", "IPV4V6", "Non-IP"}).by_default("IP");
constexpr TextParam kAddress{"PDP_addr", {.size_max = 63, .sample = "0.0.0.0"}};
constexpr auto kDataCompression = IntParam<>("data_comp", 0, 2).by_default(0);
constexpr auto kHeaderCompression = IntParam<>("head_comp", 0, 4).by_default(0);
constexpr auto kIpv4Allocation = IntParam<>("IPv4_addr_alloc", {0}).by_default(0);
constexpr IntParam<> kState{"state", {0, 1}};

// As many as one line takes.
constexpr std::array<IntParam<>, at::ParamList::kSizeMax> kCids{
    kCid, {"cid", 1, kPdpCidMax}, {"cid", 1, kPdpCidMax}, {"cid", 1, kPdpCidMax},
    {"cid", 1, kPdpCidMax}, {"cid", 1, kPdpCidMax}, {"cid", 1, kPdpCidMax}, {"cid", 1, kPdpCidMax}};

// A context that was brought up without a definition has become one.
std::set<int> listed_cids(const Services& services) {
  std::set<int> cids;
  for (int id = 1; id <= kPdpCidMax; ++id) {
    if (load_pdp(services.saved, id).is_defined || services.pdp.is_active(id)) cids.insert(id);
  }
  return cids;
}

Outcome show_definition_ranges(Services&, Instant, const Arguments&) {
  Response response;
  for (std::size_t i = 0; i < kType.word_count; ++i) {
    response.lines.push_back(
        fmt::format("+CGDCONT: (1-{}),\"{}\",,,(0,1,2),(0,1,2,3,4),(0)", kPdpCidMax,
                    kType.words[i]));
  }
  return response;
}

Outcome list_definitions(Services& services, Instant, const Arguments&) {
  Response response;
  for (int id = 1; id <= kPdpCidMax; ++id) {
    const auto context = load_pdp(services.saved, id);
    if (!context.is_defined) continue;
    const std::string address = context.address.empty() ? "0.0.0.0" : context.address;
    response.lines.push_back(fmt::format("+CGDCONT: {},\"{}\",\"{}\",\"{}\",{},{},{}", id,
                                         name(context.type), context.apn, address,
                                         context.data_compression, context.header_compression,
                                         context.ipv4_allocation));
  }
  return response;
}

Outcome define(Services& services, Instant, const Arguments& args) {
  const auto id = args.get(kCid);
  if (args.count() == 1) {
    const bool is_up = services.pdp.is_active(id) || services.pdp.activating_user(id);
    if (is_up || !save_pdp(services.saved, id, {})) return at::error();
    return at::ok();
  }
  // 27.007 §10.1.1: what is left out takes its default; the user is AT+QICSGP's.
  auto context = load_pdp(services.saved, id);
  context.is_defined = true;
  const auto type = find_pdp_type(args.get(kType));
  BG_CHECK(type, "every word of the parameter names a type");
  context.type = *type;
  context.apn = args.get(kApn);
  context.address = args.get(kAddress);
  context.data_compression = args.get(kDataCompression);
  context.header_compression = args.get(kHeaderCompression);
  context.ipv4_allocation = args.get(kIpv4Allocation);
  return save_pdp(services.saved, id, context) ? at::ok() : at::error();
}

Outcome list_activations(Services& services, Instant, const Arguments&) {
  Response response;
  for (const int id : listed_cids(services)) {
    response.lines.push_back(
        fmt::format("+CGACT: {},{}", id, static_cast<int>(services.pdp.is_active(id))));
  }
  return response;
}

Outcome activate_all(Services& services, Instant now, const std::set<int>& cids) {
  const auto attached = services.radio.attach(now);
  if (!attached) return at::error(attached.error());

  std::set<int> activating;
  for (const int id : cids) {
    if (services.pdp.is_active(id)) continue;
    if (begin_activation(services, now, id, PdpUser::kCommand)) {
      return at::error(at::cme::kOperationNotAllowed);
    }
    if (services.pdp.activating_user(id)) {
      activating.insert(id);
    } else if (!services.pdp.is_active(id)) {
      return at::error(at::cme::kNetworkNotAllowed);
    }
  }
  if (activating.empty()) return at::ok();
  services.pdp_command.wait_for(std::move(activating), at::error(at::cme::kNetworkNotAllowed));
  return at::Pending{};
}

Outcome set_activation(Services& services, Instant now, const Arguments& args) {
  auto cids = listed_cids(services);
  if (const auto id = args.find(kCid)) {
    // 27.007 §10.1.10: an undefined context cannot be activated.
    if (!cids.contains(*id)) return at::error();
    cids = {*id};
  }
  if (args.get(kState) == 1) return activate_all(services, now, cids);
  for (const int id : cids) services.pdp.deactivate(id);
  return at::ok();
}

std::string address_line(const Services& services, int id) {
  auto line = fmt::format("+CGPADDR: {}", id);
  if (!services.pdp.is_active(id)) return line;
  for (const auto& address : services.pdp.addresses(id)) line += ',' + address;
  return line;
}

Outcome show_addressed_cids(Services& services, Instant, const Arguments&) {
  return at::ok(fmt::format("+CGPADDR: ({})", fmt::join(listed_cids(services), ",")));
}

Outcome show_addresses(Services& services, Instant, const Arguments& args) {
  const auto listed = listed_cids(services);
  Response response;
  for (const auto& param : kCids) {
    const auto id = args.find(param);
    if (!id) continue;
    if (!listed.contains(*id)) return at::error();
    response.lines.push_back(address_line(services, *id));
  }
  if (args.count() > 0) return response;
  for (const int id : listed) response.lines.push_back(address_line(services, id));
  return response;
}

constexpr CommandSpec kPdpCommands[] = {
    {.name = "+CGACT", .summary = "Activate or deactivate PDP contexts", .write = {kState, kCid},
     .optional = 1, .test = "+CGACT: (0,1)", .on_read = list_activations,
     .on_write = set_activation, .response_time_max = 150s,
     .source = "27.007 §10.1.10, AT95 §9.3"},
    {.name = "+CGDCONT", .summary = "Define a PDP context",
     .write = {kCid, kType, kApn, kAddress, kDataCompression, kHeaderCompression, kIpv4Allocation},
     .optional = 6, .on_test = show_definition_ranges, .on_read = list_definitions,
     .on_write = define, .source = "27.007 §10.1.1, AT95 §9.2"},
    {.name = "+CGPADDR", .summary = "Addresses of PDP contexts",
     .write = {kCids[0], kCids[1], kCids[2], kCids[3], kCids[4], kCids[5], kCids[6], kCids[7]},
     .optional = kCids.size(), .on_test = show_addressed_cids, .on_write = show_addresses,
     .on_execute = show_addresses, .source = "27.007 §10.1.14, AT95 §9.4"},
};
static_assert(at::is_sorted_by_name(kPdpCommands));

}  // namespace

std::span<const CommandSpec> pdp_commands() { return kPdpCommands; }

}  // namespace vmodem::firmware
