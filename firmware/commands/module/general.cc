// The serial line's framing, and what the module measures (AT95 §3.3–3.6, §4.1, §11.3–11.6).
#include <fmt/format.h>

#include "firmware/commands/module/tables.h"
#include "firmware/handlers.h"

namespace vmodem::firmware {
namespace {

constexpr IntParam<> kRate{"rate",
                           {9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600, 2900000,
                            3000000, 3200000, 3686400, 4000000}};
constexpr std::string_view kRateTest =
    "+IPR: (),(9600,19200,38400,57600,115200,230400,460800,921600,2900000,3000000,3200000,3686400,"
    "4000000)";
constexpr IntParam<> kDceByDte{"dce_by_dte", {0, 2}};
constexpr IntParam<> kDteByDce{"dte_by_dce", {0, 2}};
constexpr IntParam<> kFormat{"format", {3}};
constexpr IntParam<> kParity{"parity", 0, 3};
constexpr WordParam kCharacterSet{"chset", {"GSM", "IRA", "UCS2"}};
constexpr IntParam<> kAdcPort{"port", {0}};

Outcome restore_ring(Services& services, Instant, const Arguments&) {
  services.ring.restore();
  return at::ok();
}

Outcome read_rate(Services& services, Instant, const Arguments&) {
  return at::ok(fmt::format("+IPR: {}", services.terminal.rate));
}

Outcome set_rate(Services& services, Instant, const Arguments& args) {
  services.terminal.rate = args.get(kRate);
  return at::ok();
}

Outcome read_flow_control(Services& services, Instant, const Arguments&) {
  return at::ok(fmt::format("+IFC: {},{}", services.terminal.dce_by_dte,
                            services.terminal.dte_by_dce));
}

Outcome set_flow_control(Services& services, Instant, const Arguments& args) {
  services.terminal.dce_by_dte = args.get(kDceByDte);
  services.terminal.dte_by_dce = args.get(kDteByDce);
  return at::ok();
}

Outcome read_framing(Services& services, Instant, const Arguments&) {
  return at::ok(fmt::format("+ICF: {},{}", services.terminal.format, services.terminal.parity));
}

Outcome set_framing(Services& services, Instant, const Arguments& args) {
  services.terminal.format = args.get(kFormat);
  services.terminal.parity = args.find(kParity).value_or(services.terminal.parity);
  return at::ok();
}

Outcome read_character_set(Services& services, Instant, const Arguments&) {
  return at::ok(fmt::format("+CSCS: \"{}\"", services.terminal.character_set));
}

Outcome set_character_set(Services& services, Instant, const Arguments& args) {
  services.terminal.character_set = args.get(kCharacterSet);
  return at::ok();
}

// 27.007 §8.1: 0 is ready. There are no calls.
Outcome show_activity(Services&, Instant, const Arguments&) { return at::ok("+CPAS: 0"); }

Outcome show_battery(Services& services, Instant, const Arguments&) {
  const auto& readings = services.config.readings;
  return at::ok(fmt::format("+CBC: 0,{},{}", readings.battery_percent, readings.battery_mv));
}

Outcome show_adc(Services& services, Instant, const Arguments&) {
  return at::ok(fmt::format("+QADC: 1,{}", services.config.readings.adc_mv));
}

Outcome show_temperatures(Services& services, Instant, const Arguments&) {
  const auto& readings = services.config.readings;
  return at::ok(fmt::format("+QTEMP: {},{},{}", readings.pmic_temperature_c,
                            readings.xo_temperature_c, readings.pa_temperature_c));
}

constexpr CommandSpec kGeneralCommands[] = {
    {.name = "+CBC", .summary = "Battery charge and voltage",
     .test = "+CBC: (0-2),(0-100),<voltage>", .on_execute = show_battery, .source = "AT95 §11.3"},
    {.name = "+CPAS", .summary = "Phone activity: always ready", .test = "+CPAS: (0,3,4)",
     .on_execute = show_activity, .source = "AT95 §4.1"},
    {.name = "+CSCS", .summary = "Character set, stored", .write = {kCharacterSet},
     .on_read = read_character_set, .on_write = set_character_set, .source = "AT95 §2.24"},
    {.name = "+ICF", .summary = "Character framing, no effect", .write = {kFormat, kParity},
     .optional = 1, .on_read = read_framing, .on_write = set_framing, .source = "AT95 §3.4"},
    {.name = "+IFC", .summary = "Flow control by RTS and CTS, where the port has them",
     .write = {kDceByDte, kDteByDce},
     .on_read = read_flow_control, .on_write = set_flow_control, .source = "AT95 §3.3"},
    {.name = "+IPR", .summary = "Bit rate; a host whose rate differs is not understood",
     .write = {kRate}, .test = kRateTest,
     .on_read = read_rate, .on_write = set_rate, .source = "AT95 §3.5"},
    {.name = "+QADC", .summary = "Voltage at the ADC pin", .write = {kAdcPort},
     .on_write = show_adc, .source = "AT95 §11.4"},
    {.name = "+QRIR", .summary = "End the pulses of the RI circuit", .on_execute = restore_ring,
     .source = "AT95 §3.6"},
    {.name = "+QTEMP", .summary = "Temperatures of PMIC, XO and PA",
     .on_execute = show_temperatures, .source = "AT95 §11.6"},
};
static_assert(at::is_sorted_by_name(kGeneralCommands));

}  // namespace

std::span<const CommandSpec> general_commands() { return kGeneralCommands; }

}  // namespace vmodem::firmware
