// The settings of AT+QCFG that are more than a list of values: masks, orders, pins.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "at_engine/command.h"
#include "firmware/modem_config.h"

namespace vmodem::firmware {

// 0 after a reboot, 1 at once.
inline constexpr auto kEffect = at::IntParam<>("effect", {0, 1}).by_default(1);

inline constexpr at::TextParam::Shape kBandMask{
    .size_min = 1, .size_max = 64, .bare = at::Bare::kAny, .sample = "0"};
inline constexpr at::TextParam kGsmBands{"bandval", kBandMask};
inline constexpr at::TextParam kEmtcBands{"eMTCbandval", kBandMask};
inline constexpr at::TextParam kNbIotBands{"NBIoTbandval", kBandMask};

[[nodiscard]] at::Outcome configure_bands(at::Services& services, Instant now,
                                          const at::Arguments& args);
// The limits are the model's.
[[nodiscard]] std::string band_test_line(const Identity& identity);
[[nodiscard]] at::Outcome restore_bands(at::Services& services, Instant now,
                                        const at::Arguments& args);

inline constexpr at::IntParam<> kLedValue{"mode", {0, 1, 3}};
inline constexpr at::IntParam<> kLedOn{"high_level_time", 0, 60000};
inline constexpr at::IntParam<> kLedOff{"low_level_time", 0, 60000};
[[nodiscard]] at::Outcome configure_led(at::Services& services, Instant now,
                                        const at::Arguments& args);

enum class GpioAction { kConfigure = 1, kRead = 2, kWrite = 3 };
inline constexpr at::IntParam<GpioAction> kGpioAction{"mode", 1, 3};
inline constexpr at::IntParam<> kGpioPin{"pin", 1, 102};  // of the LGA package
inline constexpr at::IntParam<> kGpioFirst{"dir_or_val", {0, 1}};
inline constexpr at::IntParam<> kGpioSecond{"pull_or_save", 0, 3};
inline constexpr at::IntParam<> kGpioThird{"drv", 0, 7};
inline constexpr at::IntParam<> kGpioSave{"save", {0, 1}};

[[nodiscard]] at::Outcome configure_gpio(at::Services& services, Instant now,
                                         const at::Arguments& args);

// A value as it is read back; nothing where it is refused.
[[nodiscard]] std::optional<std::string> normalise_sequence(std::string_view given);
[[nodiscard]] std::optional<std::string> normalise_band_pairs(std::string_view given);
// 0 to 31 as "0x0f"; upper-case digits of a number up to `max`, which is in the form of hex_mask.h.
[[nodiscard]] std::optional<std::string> uart_mask(std::string_view given);
[[nodiscard]] std::optional<std::string> upper_mask(std::string_view given, std::string_view max);

}  // namespace vmodem::firmware
