#include "tools/conform/way.h"

#include <fmt/format.h>

#include <utility>

#include "tools/conform/device/library_backend.h"
#include "tools/conform/device/modem_backend.h"
#include "tools/conform/settings.h"

namespace vmodem::conform {
namespace {

template <class Created>
Report play_on(const std::string& file, const Script& script, const Created& backend) {
  if (auto failure = play(script, *backend)) return failed(file, std::move(*failure));
  return passed(file);
}

Report play_on_object(const std::string& file, const Script& script,
                      const firmware::ModemConfig& config) {
  ModemBackend backend(config, script);
  return play_on(file, script, &backend);
}

Report play_over_library(const std::string& file, const Script& script) {
  if (auto why = LibraryBackend::why_not_play(script)) return left_out(file, std::move(*why));
  const auto backend = LibraryBackend::create(script);
  if (!backend) return unreached(file, backend.error().what);
  return play_on(file, script, *backend);
}

Report play_spawned(const std::string& file, const Script& script, const Way& way) {
  const auto backend = SerialBackend::spawn(way.program, script, way.over);
  if (!backend) return unreached(file, backend.error().what);
  (*backend)->set_timeout_scale(way.timeout_scale);
  return play_on(file, script, *backend);
}

Report play_on_port(const std::string& file, const Script& script, const Way& way) {
  if (auto why = SerialBackend::why_not_open(way.port, script)) {
    return left_out(file, std::move(*why));
  }
  PortCare care(way.port, way.care);
  if (const auto ready = care.prepare(); !ready) return unreached(file, ready.error().what);
  if (const auto cleared = care.delete_files(script); !cleared) {
    return unreached(file, cleared.error().what);
  }
  auto lacking = care.lacks(script.needs);
  if (!lacking) return unreached(file, lacking.error().what);
  if (*lacking) return left_out(file, std::move(**lacking));
  auto backend = SerialBackend::open(way.port, script);
  if (!backend) return unreached(file, backend.error().what);
  (*backend)->set_timeout_scale(way.timeout_scale);
  auto report = play_on(file, script, *backend);
  backend->reset();
  // One that hangs shows itself before the next case.
  if (report.verdict == Verdict::kPassed) static_cast<void>(care.delete_files(script));
  return report;
}

}  // namespace

std::string to_text(const Way& way) {
  switch (way.kind) {
    case Way::Kind::kObject:
      return "the modem object";
    case Way::Kind::kLibrary:
      return "the C library";
    case Way::Kind::kSpawned:
      return fmt::format("{} over {}", way.program, way.over);
    case Way::Kind::kPort:
      break;
  }
  return way.port.place;
}

Report play_case(const std::string& file, const Script& script, const Way& way) {
  const auto config = make_modem_config(script);
  if (!config) return unusable(file, config.error());
  const bool is_real = way.kind == Way::Kind::kSpawned || way.kind == Way::Kind::kPort;
  if (is_real && script.virtual_only) return left_out(file, *script.virtual_only);
  switch (way.kind) {
    case Way::Kind::kObject:
      return play_on_object(file, script, *config);
    case Way::Kind::kLibrary:
      return play_over_library(file, script);
    case Way::Kind::kSpawned:
      return play_spawned(file, script, way);
    case Way::Kind::kPort:
      break;
  }
  return play_on_port(file, script, way);
}

}  // namespace vmodem::conform
