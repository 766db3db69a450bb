// Echo, result format, registers and profiles (V.250 §6.1–6.2, AT95 §2).
#include <fmt/format.h>

#include "firmware/commands/line/profile.h"
#include "firmware/commands/line/tables.h"
#include "firmware/handlers.h"

namespace vmodem::firmware {
namespace {

constexpr IntParam<> kOnOff{"value", 0, 1};
constexpr IntParam<> kExtended{"value", 0, 4};
constexpr IntParam<> kZero{"value", 0, 0};
constexpr IntParam<> kCharacter{"n", 0, 127};
constexpr IntParam<> kOctet{"n", 0, 255};
constexpr IntParam<> kBlindDial{"n", 0, 10};
constexpr IntParam<> kHangUpDelay{"n", 1, 254};
constexpr IntParam<> kDtr{"value", 0, 2};
constexpr IntParam<at::CmeLevel> kErrorLevel{"n", 0, 2};

Outcome done(Services&, Instant, const Arguments&) { return at::ok(); }

Outcome no_carrier(Services&, Instant, const Arguments&) {
  return at::Response{.result = at::FinalResult::kNoCarrier};
}

Outcome set_echo(Services& services, Instant, const Arguments& args) {
  services.line.echo = args.get(kOnOff) == 1;
  return at::ok();
}

Outcome set_quiet(Services& services, Instant, const Arguments& args) {
  services.line.quiet = args.get(kOnOff) == 1;
  return at::ok();
}

Outcome set_verbose(Services& services, Instant, const Arguments& args) {
  services.line.verbose = args.get(kOnOff) == 1;
  return at::ok();
}

Outcome set_extended(Services& services, Instant, const Arguments& args) {
  services.line.extended = args.get(kExtended);
  return at::ok();
}

Outcome print_register(const Services& services, int value) {
  const auto& dialect = services.config.dialect;
  return at::ok(dialect.three_digit_registers ? fmt::format("{:03}", value)
                                              : fmt::format("{}", value));
}

template <int Registers::*kRegister>
Outcome read_register(Services& services, Instant, const Arguments&) {
  return print_register(services, services.registers.*kRegister);
}

template <int Registers::*kRegister, const IntParam<>& kParam>
Outcome write_register(Services& services, Instant, const Arguments& args) {
  services.registers.*kRegister = args.get(kParam);
  return at::ok();
}

template <char at::Settings::*kCharacterSetting>
Outcome read_character(Services& services, Instant, const Arguments&) {
  return print_register(services, services.line.*kCharacterSetting);
}

template <char at::Settings::*kCharacterSetting>
Outcome write_character(Services& services, Instant, const Arguments& args) {
  services.line.*kCharacterSetting = static_cast<char>(args.get(kCharacter));
  return at::ok();
}

Outcome set_factory(Services& services, Instant, const Arguments&) {
  restore_factory_profile(services);
  return at::ok();
}

Outcome store(Services& services, Instant, const Arguments&) {
  return store_profile(services) ? at::ok() : at::error();
}

Outcome recall(Services& services, Instant, const Arguments&) {
  recall_profile(services);
  return at::ok();
}

Outcome show_profile(Services& services, Instant, const Arguments&) {
  const auto& line = services.line;
  const auto& registers = services.registers;
  at::Response response;
  const auto add = [&](std::string_view name, int value) {
    response.lines.push_back(fmt::format("{}: {}", name, value));
  };
  add("&C", registers.dcd);
  add("&D", registers.dtr);
  add("&F", 0);
  add("&W", 0);
  add("Q", line.quiet);
  add("V", line.verbose);
  add("X", line.extended);
  add("Z", 0);
  add("E", line.echo);
  add("S0", registers.s0);
  add("S4", line.formatter);
  add("S5", line.eraser);
  add("S6", registers.s6);
  add("S7", registers.s7);
  add("S8", registers.s8);
  add("S10", registers.s10);
  add("S3", line.terminator);
  return response;
}

Outcome read_error_level(Services& services, Instant, const Arguments&) {
  return at::ok(fmt::format("+CMEE: {}", static_cast<int>(services.line.errors)));
}

Outcome set_error_level(Services& services, Instant, const Arguments& args) {
  services.line.errors = args.get(kErrorLevel);
  return at::ok();
}

constexpr CommandSpec kBasicCommands[] = {
    {.name = "&C", .summary = "DCD follows the carrier (1) or is always on (0)", .write = {kOnOff},
     .on_write = write_register<&Registers::dcd, kOnOff>, .source = "AT95 §3.1"},
    {.name = "&D", .summary = "What a drop of DTR does: nothing, to command mode (1), or hang up (2)",
     .write = {kDtr}, .on_write = write_register<&Registers::dtr, kDtr>, .source = "AT95 §3.2"},
    {.name = "&F", .summary = "Restore the factory settings", .write = {kZero},
     .on_write = set_factory, .source = "AT95 §2.10"},
    {.name = "&V", .summary = "Show the current settings", .write = {kZero},
     .on_write = show_profile, .source = "AT95 §2.11"},
    {.name = "&W", .summary = "Store the profile", .write = {kZero}, .on_write = store,
     .source = "AT95 §2.12"},
    {.name = "+CMEE", .summary = "How errors are reported: ERROR, a number or words",
     .write = {kErrorLevel}, .on_read = read_error_level, .on_write = set_error_level,
     .source = "27.007 §9.1, AT95 §2.23"},
    {.name = "D", .summary = "Dial: this product has no data call", .on_execute = no_carrier,
     .response_time_max = 5s, .source = "AT95 §7.1", .evidence = Evidence::kInferred},
    {.name = "E", .summary = "Echo", .write = {kOnOff}, .on_write = set_echo, .source = "V.250 §6.2.4"},
    {.name = "H", .summary = "Hang up", .write = {kZero}, .on_write = done,
     .response_time_max = 90s, .source = "AT95 §7.2"},
    {.name = "O", .summary = "Return to data mode: there is nothing to resume", .write = {kZero},
     .on_write = no_carrier, .source = "AT95 §7.6"},
    {.name = "Q", .summary = "Suppress final results (1)", .write = {kOnOff}, .on_write = set_quiet,
     .source = "V.250 §6.2.5"},
    {.name = "S0", .summary = "Rings before answering", .write = {kOctet},
     .on_read = read_register<&Registers::s0>, .on_write = write_register<&Registers::s0, kOctet>,
     .source = "AT95 §7.7"},
    {.name = "S10", .summary = "Delay of hang-up, tenths of a second", .write = {kHangUpDelay},
     .on_read = read_register<&Registers::s10>,
     .on_write = write_register<&Registers::s10, kHangUpDelay>, .source = "AT95 §7.11"},
    {.name = "S3", .summary = "Command line terminator", .write = {kCharacter},
     .on_read = read_character<&at::Settings::terminator>,
     .on_write = write_character<&at::Settings::terminator>, .source = "V.250 §6.2.1"},
    {.name = "S4", .summary = "Response formatting character", .write = {kCharacter},
     .on_read = read_character<&at::Settings::formatter>,
     .on_write = write_character<&at::Settings::formatter>, .source = "V.250 §6.2.2"},
    {.name = "S5", .summary = "Command line editing character", .write = {kCharacter},
     .on_read = read_character<&at::Settings::eraser>,
     .on_write = write_character<&at::Settings::eraser>, .source = "V.250 §6.2.3"},
    {.name = "S6", .summary = "Wait before blind dialling, no effect", .write = {kBlindDial},
     .on_read = read_register<&Registers::s6>,
     .on_write = write_register<&Registers::s6, kBlindDial>, .source = "AT95 §7.8"},
    {.name = "S7", .summary = "Wait for the carrier", .write = {kOctet},
     .on_read = read_register<&Registers::s7>, .on_write = write_register<&Registers::s7, kOctet>,
     .source = "AT95 §7.9"},
    {.name = "S8", .summary = "Comma dial pause, no effect", .write = {kOctet},
     .on_read = read_register<&Registers::s8>, .on_write = write_register<&Registers::s8, kOctet>,
     .source = "AT95 §7.10"},
    {.name = "V", .summary = "Results in words (1) or numbers (0)", .write = {kOnOff},
     .on_write = set_verbose, .source = "V.250 §6.2.6"},
    {.name = "X", .summary = "What CONNECT and the dial tones say", .write = {kExtended},
     .on_write = set_extended, .source = "V.250 §6.2.7"},
    {.name = "Z", .summary = "Restore the stored profile", .write = {kZero},
     .on_write = recall, .source = "AT95 §2.13"},
};
static_assert(at::is_sorted_by_name(kBasicCommands));

}  // namespace

std::span<const CommandSpec> basic_commands() { return kBasicCommands; }

}  // namespace vmodem::firmware
