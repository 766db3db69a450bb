#include "tools/conform/survey/port_site.h"

#include <utility>

namespace vmodem::conform {

Expected<Backend*, BackendError> PortSite::bring_back() {
  backend_.reset();
  PortCare care(port_, care_);
  if (const auto ready = care.prepare(); !ready) return unexpected(ready.error());
  Script script;  // of nothing but the peers, each at a port that is free
  script.peers = {{.name = "server", .host = port_.server_address},
                  {.name = "mute", .host = port_.server_address}};
  auto backend = SerialBackend::open(port_, script);
  if (!backend) return unexpected(backend.error());
  for (std::size_t i = 0; i < kPeerCount; ++i) {
    const auto port = (*backend)->bound_port(i);
    if (!port) return unexpected(port.error());
    ports_[i] = *port;
  }
  backend_ = std::move(*backend);
  return backend_.get();
}

Meeting PortSite::meeting() const {
  return {.host = port_.server_address,
          .ports = {ports_[kServer], ports_[kMute]},
          .input_wait = input_wait_};
}

Dialogue::Patience PortSite::patience() const {
  const auto scaled = [&](Duration duration) {
    return std::chrono::duration_cast<Duration>(duration * care_.timeout_scale);
  };
  return {.answer = scaled(5s), .silence = scaled(300ms)};
}

Report PortSite::play(const Planned& one) {
  backend_.reset();
  const Way way{
      .kind = Way::Kind::kPort, .port = port_, .care = care_, .timeout_scale = care_.timeout_scale};
  return play_case(one.file, *one.script, way);
}

}  // namespace vmodem::conform
