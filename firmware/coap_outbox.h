// A CoAP client's way to the driver and the host.
#pragma once

#include <fmt/format.h>

#include <string_view>
#include <utility>
#include <variant>

#include "at_engine/serial_output.h"
#include "firmware/action.h"
#include "firmware/base/queue.h"
#include "firmware/coap_urcs.h"

namespace vmodem::firmware {

struct CoapOutbox {
  using Event = std::variant<Action, at::Urc>;

  void act(Action action) { events.emplace_back(std::move(action)); }
  void tell(at::Urc urc) { events.emplace_back(std::move(urc)); }
  void trace(TraceLevel level, std::string_view text) {
    act(Trace{level, fmt::format("client {}: {}", static_cast<int>(client), text)});
  }

  ClientId client;
  Queue<Event> events{};
};

}  // namespace vmodem::firmware
