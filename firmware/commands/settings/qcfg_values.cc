#include "firmware/commands/settings/qcfg_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "at_engine/text.h"
#include "firmware/commands/settings/qcfg_settings.h"
#include "firmware/commands/settings/radio_settings.h"
#include "firmware/commands/settings/tagged.h"
#include "firmware/handlers.h"
#include "firmware/settings/hex_mask.h"

namespace vmodem::firmware {


namespace {

constexpr TagSetting kLed{kQcfg, "ledmode", "0"};

}  // namespace

// Pairs of 01 GSM, 02 eMTC and 03 NB-IoT; 00 asks for the order of the factory.
std::optional<std::string> normalise_sequence(std::string_view given) {
  if (given == "00") return std::string(kNetworkScanSequence.initial);
  if (given.size() % 2 != 0) return std::nullopt;
  for (std::size_t i = 0; i < given.size(); i += 2) {
    const auto pair = given.substr(i, 2);
    if (pair[0] != '0' || pair[1] < '1' || pair[1] > '3') return std::nullopt;
    for (std::size_t j = 0; j < i; j += 2) {
      if (given.substr(j, 2) == pair) return std::nullopt;
    }
  }
  return std::string(given);
}

Outcome configure_bands(Services& services, Instant now, const Arguments& args) {
  const auto setting = band_setting(services.config.identity);
  if (args.count() == 0) return show_setting(services, setting);

  const auto& plan = band_plan(services.config.identity);
  const std::array<std::pair<const TextParam&, std::string_view>, 3> parts{
      {{kGsmBands, plan.gsm_max}, {kEmtcBands, plan.emtc_max}, {kNbIotBands, plan.nb_iot_max}}};
  const auto old = services.tags.get(setting);
  std::array<std::string, 3> values;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    values[i] = value_at(old, i);
    if (!args.has(parts[i].first)) continue;
    const auto mask = parse_mask(args.get(parts[i].first), parts[i].second);
    if (!mask) return at::error();
    // QCFG95 §2: 0 leaves the bands of that technology as they are.
    if (*mask != "0") values[i] = "0x" + *mask;
  }
  const auto text = fmt::format("{}", fmt::join(values, ","));
  if (!services.tags.set(setting, text)) return at::error();
  if (args.get(kEffect) == 1) apply_search_setting(services, now, &SearchSettings::bands);
  return at::ok();
}

std::string band_test_line(const Identity& identity) {
  const auto& plan = band_plan(identity);
  const auto upper = [](std::string_view digits) {
    std::string text(digits);
    std::ranges::transform(text, text.begin(), at::to_upper);
    return text;
  };
  return fmt::format("+QCFG: \"band\",(0-{}),(0-0x{}),(0-0x{}),(0,1)", upper(plan.gsm_max),
                     upper(plan.emtc_max), upper(plan.nb_iot_max));
}

Outcome restore_bands(Services& services, Instant now, const Arguments&) {
  if (!services.tags.restore(band_setting(services.config.identity))) return at::error();
  apply_search_setting(services, now, &SearchSettings::bands);
  return at::ok();
}

// Only mode 3 has times of its own.
Outcome configure_led(Services& services, Instant, const Arguments& args) {
  if (!args.has(kLedValue)) return args.count() == 0 ? show_setting(services, kLed) : at::error();
  const auto mode = args.get(kLedValue);
  const bool has_times = args.has(kLedOn) && args.has(kLedOff);
  if (has_times != (mode == 3) || (args.has(kLedOn) && !has_times)) return at::error();

  const auto values = has_times ? fmt::format("3,{},{}", args.get(kLedOn), args.get(kLedOff))
                                : fmt::format("{}", mode);
  return services.tags.set(kLed, values) ? at::ok() : at::error();
}

Outcome configure_gpio(Services& services, Instant, const Arguments& args) {
  const auto tag = fmt::format("gpio/{}", args.get(kGpioPin));
  const TagSetting level{kQcfg, tag, "0"};
  switch (args.get(kGpioAction)) {
    case GpioAction::kConfigure:
      return args.has(kGpioFirst) && args.has(kGpioSecond) && args.has(kGpioThird) ? at::ok()
                                                                                   : at::error();
    case GpioAction::kRead:
      if (args.count() > 2) return at::error();
      return at::ok(fmt::format("+QCFG: \"gpio\",{}", services.tags.get(level)));
    case GpioAction::kWrite:
      break;
  }
  const auto save = args.find(kGpioSecond).value_or(0);
  if (!args.has(kGpioFirst) || args.count() > 4 || save > 1) return at::error();
  const auto lifetime =
      save == 1 ? TagSetting::Lifetime::kSaved : TagSetting::Lifetime::kUntilReset;
  const auto text = fmt::format("{}", args.get(kGpioFirst));
  return services.tags.set(level, text, lifetime) ? at::ok() : at::error();
}

std::optional<std::string> nibble_mask(std::string_view given) {
  int number = 0;
  const bool is_hex = given.starts_with("0x") || given.starts_with("0X");
  if (is_hex) given.remove_prefix(2);
  const auto* last = given.data() + given.size();
  const auto [end, error] = std::from_chars(given.data(), last, number, is_hex ? 16 : 10);
  if (error != std::errc{} || end != last || number < 0 || number > 15) return std::nullopt;
  return fmt::format("0x{:02x}", number);
}

std::optional<std::string> upper_mask(std::string_view given, std::string_view max) {
  auto mask = parse_mask(given, max);
  if (mask) std::ranges::transform(*mask, mask->begin(), at::to_upper);
  return mask;
}

std::optional<std::string> normalise_band_pairs(std::string_view given) {
  if (given.size() % 2 != 0 || !parse_mask(given, std::string(given.size(), 'f'))) {
    return std::nullopt;
  }
  return std::string(given);
}

}  // namespace vmodem::firmware
