// The SIM (27.007 §5.7, §7.4–7.5, §8.3, §8.18; AT95 §5).
#include "firmware/card/sim.h"

#include <fmt/format.h>

#include <algorithm>

#include "at_engine/text.h"
#include "firmware/card/files.h"
#include "firmware/commands/module/tables.h"
#include "firmware/handlers.h"

namespace vmodem::firmware {
namespace {

constexpr TextParam::Shape kPinShape{
    .size_min = 4, .size_max = 8, .bare = Bare::kDigits, .sample = "1234", .is_secret = true};
constexpr TextParam kPin{"pin", kPinShape};
constexpr TextParam kNewPin{"newpin", kPinShape};
constexpr WordParam kFacility{"fac", {"SC"}};
constexpr IntParam<> kLockMode{"mode", 0, 2};
constexpr TextParam kPassword{"passwd", kPinShape};
constexpr IntParam<> kClass{"class", 1, 255};
constexpr TextParam kOldPassword{"oldpwd", kPinShape};
constexpr TextParam kNewPassword{"newpwd", kPinShape};
constexpr WordParam kCounter{"facility", {"SC", "P2"}};
constexpr IntParam<SimCommand> kSimCommand{"command", {176, 178, 192, 214, 220, 242}};
constexpr auto kFileId = IntParam<>("fileid", 0, 65535).by_default(0);
constexpr auto kP1 = IntParam<>("P1", 0, 255).by_default(0);
constexpr auto kP2 = IntParam<>("P2", 0, 255).by_default(0);
constexpr auto kP3 = IntParam<>("P3", 0, 255).by_default(0);
constexpr TextParam kData{"data", {.size_max = 510, .bare = Bare::kAny, .sample = "00"}};
constexpr TextParam kPath{"pathid", {.size_max = 32, .bare = Bare::kAny, .sample = "3F00"}};
constexpr IntParam<> kSwitch{"enable", {0, 1}};
constexpr IntParam<> kInsertLevel{"insert_level", {0, 1}};

bool is_number(std::string_view text) {
  return std::all_of(text.begin(), text.end(), at::is_digit);
}

Outcome answer(const Sim::Outcome& outcome) {
  if (outcome) return at::ok();
  switch (outcome.error().kind) {
    case Sim::Failure::kRefused:
      return at::error(outcome.error().cause);
    case Sim::Failure::kNotSaved:
      break;
  }
  return at::error();
}

Outcome show_imsi(Services& services, Instant, const Arguments&) {
  if (const auto cause = services.sim.obstacle()) return at::error(*cause);
  return at::ok(services.config.identity.imsi);
}

// The ICCID is free to read before the PIN (TS 31.102 §4.2.1).
Outcome show_iccid(Services& services, Instant, const Arguments&) {
  if (!services.sim.is_readable()) return at::error();
  return at::ok("+QCCID: " + services.config.identity.iccid);
}

Outcome read_pin_state(Services& services, Instant, const Arguments&) {
  if (const auto cause = services.sim.trouble()) return at::error(*cause);
  switch (services.sim.status()) {
    case Sim::Status::kReady:
      return at::ok("+CPIN: READY");
    case Sim::Status::kPinRequired:
      return at::ok("+CPIN: SIM PIN");
    case Sim::Status::kPukRequired:
      return at::ok("+CPIN: SIM PUK");
    case Sim::Status::kOff:
    case Sim::Status::kStarting:
    case Sim::Status::kAbsent:
    case Sim::Status::kBlocked:
      break;
  }
  return at::error(*services.sim.obstacle());
}

Outcome enter_pin(Services& services, Instant now, const Arguments& args) {
  const auto pin = args.get(kPin);
  if (!is_number(pin) || !is_number(args.get(kNewPin))) return at::error();
  if (!args.has(kNewPin)) return answer(services.sim.enter_pin(now, pin));
  return answer(services.sim.enter_puk(now, pin, args.get(kNewPin)));
}

Outcome lock_facility(Services& services, Instant, const Arguments& args) {
  enum Mode { kUnlock, kLock, kQuery };
  const auto mode = args.get(kLockMode);
  if (mode == kQuery) {
    if (args.has(kPassword)) return at::error();
    if (const auto cause = services.sim.obstacle()) return at::error(*cause);
    return at::ok(fmt::format("+CLCK: {}", static_cast<int>(services.sim.is_pin_enabled())));
  }
  if (!args.has(kPassword) || !is_number(args.get(kPassword))) return at::error();
  return answer(services.sim.lock(mode == kLock, args.get(kPassword)));
}

Outcome change_password(Services& services, Instant, const Arguments& args) {
  const auto old_pin = args.get(kOldPassword);
  const auto new_pin = args.get(kNewPassword);
  if (!is_number(old_pin) || !is_number(new_pin)) return at::error();
  return answer(services.sim.change_pin(old_pin, new_pin));
}

Outcome access_file(Services& services, Instant, const Arguments& args) {
  if (const auto cause = services.sim.obstacle()) return at::error(*cause);
  const SimAccess access{.command = args.get(kSimCommand),
                         .file = args.get(kFileId),
                         .p1 = args.get(kP1),
                         .p2 = args.get(kP2),
                         .p3 = args.get(kP3)};
  const auto& identity = services.config.identity;
  const auto result = access_sim_file(access, identity.iccid, identity.imsi);
  const auto status = fmt::format("+CRSM: {},{}", result.sw1, result.sw2);
  return at::ok(result.data.empty() ? status : fmt::format("{},\"{}\"", status, result.data));
}

// Nothing asks for a PIN2, so its counter never moves.
std::string counter_line(const Services& services, std::string_view counter) {
  const bool is_pin2 = counter == "P2";
  const auto pin = is_pin2 ? Sim::kPinRetriesMax : services.sim.pin_retries();
  const auto puk = is_pin2 ? Sim::kPukRetriesMax : services.sim.puk_retries();
  return fmt::format("+QPINC: \"{}\",{},{}", counter, pin, puk);
}

std::optional<at::CmeError> unreadable(const Services& services) {
  const auto status = services.sim.status();
  const bool is_blocked = status == Sim::Status::kBlocked && !services.sim.trouble();
  if (services.sim.is_readable() || is_blocked) return std::nullopt;
  return services.sim.obstacle();
}

Outcome read_counters(Services& services, Instant, const Arguments&) {
  if (const auto cause = unreadable(services)) return at::error(*cause);
  return at::Response{.lines = {counter_line(services, "SC"), counter_line(services, "P2")}};
}

Outcome show_counter(Services& services, Instant, const Arguments& args) {
  if (const auto cause = unreadable(services)) return at::error(*cause);
  return at::ok(counter_line(services, args.get(kCounter)));
}

Outcome show_initialisation(Services& services, Instant, const Arguments&) {
  constexpr int kPinReady = 1;
  constexpr int kSmsReady = 2;
  const int status = (services.sim.is_ready() ? kPinReady : 0) +
                     (services.sim.is_sms_ready() ? kSmsReady : 0);
  return at::ok(fmt::format("+QINISTAT: {}", status));
}

Outcome read_detection(Services& services, Instant, const Arguments&) {
  return at::ok(fmt::format("+QSIMDET: {},{}", services.saved.get(kSimDetection),
                            services.saved.get(kSimDetectionLevel)));
}

Outcome save(Services& services) {
  return services.saved.save() ? at::ok() : at::error();
}

Outcome set_detection(Services& services, Instant, const Arguments& args) {
  services.saved.set(kSimDetection, args.get(kSwitch));
  services.saved.set(kSimDetectionLevel, args.get(kInsertLevel));
  return save(services);
}

Outcome read_report(Services& services, Instant, const Arguments&) {
  return at::ok(fmt::format("+QSIMSTAT: {},{}", services.saved.get(kSimReport),
                            static_cast<int>(services.sim.inserted())));
}

Outcome set_report(Services& services, Instant, const Arguments& args) {
  services.saved.set(kSimReport, args.get(kSwitch));
  return save(services);
}

constexpr CommandSpec kSimCommands[] = {
    {.name = "+CIMI", .summary = "IMSI of the SIM", .on_execute = show_imsi,
     .source = "AT95 §5.1"},
    {.name = "+CLCK", .summary = "Ask for the PIN at power-on",
     .write = {kFacility, kLockMode, kPassword, kClass}, .optional = 2, .test = "+CLCK: (\"SC\")",
     .on_write = lock_facility, .response_time_max = 5s, .source = "AT95 §5.2"},
    {.name = "+CPIN", .summary = "Enter the PIN, or the PUK and a new PIN",
     .write = {kPin, kNewPin}, .optional = 1, .test = at::kTestAnswersOk,
     .on_read = read_pin_state, .on_write = enter_pin, .response_time_max = 5s,
     .source = "AT95 §5.3"},
    {.name = "+CPWD", .summary = "Change the PIN",
     .write = {kFacility, kOldPassword, kNewPassword}, .test = "+CPWD: (\"SC\",8)",
     .on_write = change_password, .response_time_max = 5s, .source = "AT95 §5.4"},
    {.name = "+CRSM", .summary = "Read a file of the SIM: EF_ICCID and EF_IMSI",
     .write = {kSimCommand, kFileId, kP1, kP2, kP3, kData, kPath}, .optional = 6,
     .test = at::kTestAnswersOk, .on_write = access_file, .source = "27.007 §8.18, AT95 §5.5"},
    {.name = "+QCCID", .summary = "ICCID of the SIM", .on_execute = show_iccid,
     .source = "AT95 §5.6", .evidence = Evidence::kCaptured},
    {.name = "+QINISTAT", .summary = "Is the SIM initialised", .test = "+QINISTAT: (0-3)",
     .on_execute = show_initialisation, .source = "AT95 §5.8"},
    {.name = "+QPINC", .summary = "Attempts left for PIN and PUK", .write = {kCounter},
     .on_read = read_counters, .on_write = show_counter, .source = "AT95 §5.7"},
    {.name = "+QSIMDET", .summary = "Detect insertion and removal, after a reboot",
     .write = {kSwitch, kInsertLevel}, .on_read = read_detection, .on_write = set_detection,
     .source = "AT95 §5.9"},
    {.name = "+QSIMSTAT", .summary = "Report insertion and removal, after a reboot",
     .write = {kSwitch}, .on_read = read_report, .on_write = set_report, .source = "AT95 §5.10"},
};
static_assert(at::is_sorted_by_name(kSimCommands));

}  // namespace

std::span<const CommandSpec> sim_commands() { return kSimCommands; }

}  // namespace vmodem::firmware
