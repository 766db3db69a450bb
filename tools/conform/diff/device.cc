#include "tools/conform/diff/device.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "tools/conform/device/line.h"
#include "tools/conform/device/modem_backend.h"
#include "tools/conform/device/serial_backend.h"
#include "tools/conform/diff/case_recording.h"
#include "tools/conform/settings.h"

namespace vmodem::conform {
namespace {

constexpr std::string_view kObject = "object";
constexpr std::string_view kSpawn = "spawn:";

}  // namespace

Expected<ComparedDevice, Fault> ComparedDevice::parse(std::string_view text) {
  ComparedDevice device;
  const auto who = text.substr(0, text.find(','));
  const bool is_program = who.starts_with(kSpawn);
  device.kind_ = who == kObject ? Kind::kObject : is_program ? Kind::kProgram : Kind::kPlace;
  device.place_ = device.kind_ == Kind::kPlace ? text : who.substr(is_program ? kSpawn.size() : 0);
  if (device.place_.empty()) {
    return unexpected(Fault{"a device without a name",
                            "object, spawn:PROGRAM, or a port: /dev/ttyUSB2, unix:PATH, "
                            "tcp://HOST:PORT, rfc2217://HOST:PORT"});
  }
  if (device.kind_ == Kind::kPlace) return device;
  for (auto rest = text.substr(who.size()); !rest.empty();) {
    rest.remove_prefix(1);
    const auto setting = rest.substr(0, rest.find(','));
    rest.remove_prefix(setting.size());
    const auto equals = setting.find('=');
    if (equals == std::string_view::npos || equals == 0) {
      return unexpected(
          Fault{fmt::format("'{}' is no setting", setting), "KEY=VALUE, as identity.model=BG77"});
    }
    device.settings_.push_back(
        {std::string(setting.substr(0, equals)), std::string(setting.substr(equals + 1)), 0});
  }
  Script script;
  script.settings = device.settings_;
  if (auto config = make_modem_config(script); !config) return unexpected(config.error().fault);
  return device;
}

Done ComparedDevice::reach() const {
  switch (kind_) {
    case Kind::kObject:
      return {};
    case Kind::kProgram:
      if (::access(place_.c_str(), X_OK) == 0) return {};
      return failed(fmt::format("{}: {}", place_, std::strerror(errno)));
    case Kind::kPlace:
      break;
  }
  auto line = Line::open(place_);
  return line ? Done{} : unexpected(std::move(line.error()));
}

Expected<std::unique_ptr<Backend>, std::string> ComparedDevice::open(const Script& script) const {
  if (kind_ == Kind::kObject) {
    const auto config = make_modem_config(script);
    if (!config) return unexpected(config.error().fault.what);
    return std::make_unique<ModemBackend>(*config, script);
  }
  if (script.virtual_only) return unexpected(*script.virtual_only);
  if (kind_ == Kind::kPlace) {
    if (auto why = SerialBackend::why_not_open({place_}, script)) return unexpected(std::move(*why));
  }
  auto opened = kind_ == Kind::kProgram ? SerialBackend::spawn(place_, script, "pty")
                                        : SerialBackend::open({place_}, script);
  if (!opened) return unexpected(std::move(opened.error().what));
  return std::move(*opened);
}

Expected<std::string, std::string> ComparedDevice::record(Script script) const {
  script.settings.insert(script.settings.end(), settings_.begin(), settings_.end());
  auto backend = open(script);
  if (!backend) return unexpected(std::move(backend.error()));
  return record_case(script, **backend);
}

}  // namespace vmodem::conform
