// A CoAP client's way to the driver and the host.
#pragma once

#include <fmt/format.h>

#include <bitset>
#include <string_view>
#include <utility>
#include <variant>

#include "at_engine/serial_output.h"
#include "firmware/action.h"
#include "firmware/base/queue.h"
#include "firmware/coap/resumable_sessions.h"
#include "firmware/coap/urcs.h"

namespace vmodem::firmware {

// A DTLS session that may be resumed later.
struct SessionEstablished {
  int ssl_context;
  Server server;
  dtls::SecretBytes resumption;
};

using CoapEvent = std::variant<Action, at::Urc, SessionEstablished>;

// What the clients share.
struct CoapNews {
  Queue<CoapEvent> events;         // of all clients, in order
  std::bitset<kClientCount> busy;  // by ClientId: those that are not idle
};

struct CoapOutbox {
  void act(Action action) { news.events.emplace_back(std::move(action)); }
  void tell(at::Urc urc) { news.events.emplace_back(std::move(urc)); }
  void keep(SessionEstablished session) { news.events.emplace_back(std::move(session)); }
  void set_busy(bool is_busy) { news.busy.set(static_cast<std::size_t>(client), is_busy); }
  void trace(TraceLevel level, std::string_view text) {
    act(Trace{level, fmt::format("client {}: {}", static_cast<int>(client), text)});
  }

  ClientId client;
  CoapNews& news;
};

}  // namespace vmodem::firmware
