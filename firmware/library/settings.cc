#include "firmware/library/settings.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "firmware/configuration/faults.h"
#include "firmware/configuration/file.h"
#include "firmware/configuration/keys.h"

namespace vmodem::library {
namespace {

constexpr std::int64_t kSeed = 1;

// Why a modem without files, ports and clocks cannot do what the key says; empty: it can.
std::string_view objection(std::string_view key) {
  if (app::is_program_key(key)) return "no file, port or log";
  if (key == "scenario") return "no file";
  if (key == "power.port") return "no port";
  if (key.starts_with("time.")) return "no clock";
  return {};
}

std::string_view right_instead_of(std::string_view key) {
  if (key == "scenario") return "a list \"faults\", or vmodem_perform()";
  if (key.starts_with("time.")) return "the instants of vmodem_advance() and the others";
  if (key.starts_with("journal.")) return "vmodem_journal()";
  if (key.starts_with("control.")) return "vmodem_request()";
  return "a configuration without it";
}

std::optional<net::SyntaxError> refuse(std::string_view key) {
  const auto why = objection(key);
  if (why.empty()) return std::nullopt;
  return net::SyntaxError{fmt::format("{}: the library has {}", key, why),
                          std::string(right_instead_of(key))};
}

}  // namespace

Expected<app::Config, app::ConfigError> read_settings(std::string_view text) {
  app::Config config;
  auto applied = app::apply_config_text(config, text, "configuration", refuse);
  if (!applied) return unexpected(std::move(applied.error()));
  auto faults = app::all_faults(config);
  if (!faults) return unexpected(std::move(faults.error()));
  config.faults = std::move(*faults);
  config.seed = config.seed.value_or(kSeed);
  return config;
}

}  // namespace vmodem::library
