// Who the module is (AT95 §2.1–2.9, 27.007 §5).
#include <fmt/format.h>

#include "firmware/commands/module/tables.h"
#include "firmware/handlers.h"
#include "firmware/model.h"

namespace vmodem::firmware {
namespace {

constexpr std::string_view kManufacturer = "Quectel";
constexpr IntParam<> kZero{"value", 0, 0};

std::string revision(const Services& services) {
  const auto& identity = services.config.identity;
  if (!identity.revision.empty()) return identity.revision;
  const auto* model = find_model(identity.model);
  return std::string(model != nullptr ? model->revision : identity.model);
}

Outcome identify(Services& services, Instant, const Arguments&) {
  return at::Response{.lines = {std::string(kManufacturer), services.config.identity.model,
                                "Revision: " + revision(services)}};
}

Outcome show_manufacturer(Services&, Instant, const Arguments&) {
  return at::ok(std::string(kManufacturer));
}

Outcome show_model(Services& services, Instant, const Arguments&) {
  return at::ok(services.config.identity.model);
}

Outcome show_revision(Services& services, Instant, const Arguments&) {
  return at::ok(revision(services));
}

Outcome show_full_revision(Services& services, Instant, const Arguments&) {
  return at::ok(fmt::format("{}_{}", revision(services), services.config.identity.sub_revision));
}

Outcome show_imei(Services& services, Instant, const Arguments&) {
  return at::ok(services.config.identity.imei);
}

constexpr CommandSpec kIdentificationCommands[] = {
    {.name = "+CGMI", .summary = "Manufacturer", .on_execute = show_manufacturer,
     .source = "AT95 §2.5"},
    {.name = "+CGMM", .summary = "Model", .on_execute = show_model, .source = "AT95 §2.6"},
    {.name = "+CGMR", .summary = "Firmware revision", .on_execute = show_revision,
     .source = "AT95 §2.7"},
    {.name = "+CGSN", .summary = "IMEI", .on_execute = show_imei, .source = "AT95 §2.9"},
    {.name = "+GMI", .summary = "Manufacturer", .on_execute = show_manufacturer,
     .source = "AT95 §2.2"},
    {.name = "+GMM", .summary = "Model", .on_execute = show_model, .source = "AT95 §2.3"},
    {.name = "+GMR", .summary = "Firmware revision", .on_execute = show_revision,
     .source = "AT95 §2.4"},
    {.name = "+GSN", .summary = "IMEI", .on_execute = show_imei, .source = "AT95 §2.8"},
    {.name = "+QGMR", .summary = "Firmware revision with its sub-version",
     .on_execute = show_full_revision, .source = "LOG-M3", .evidence = Evidence::kCaptured},
    {.name = "I", .summary = "Manufacturer, model and revision", .write = {kZero},
     .on_write = identify, .source = "AT95 §2.1", .evidence = Evidence::kCaptured},
};
static_assert(at::is_sorted_by_name(kIdentificationCommands));

}  // namespace

std::span<const CommandSpec> identification_commands() { return kIdentificationCommands; }

}  // namespace vmodem::firmware
