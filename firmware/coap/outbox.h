// A CoAP client's way to the driver and the host.
#pragma once

#include <bitset>
#include <string>
#include <utility>
#include <variant>

#include "at_engine/serial_output.h"
#include "firmware/action.h"
#include "firmware/base/queue.h"
#include "firmware/coap/resumable_sessions.h"
#include "firmware/coap/urcs.h"
#include "firmware/journal/journal.h"

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
  journal::Journal& journal;
  dtls::SessionSource* sessions = nullptr;  // with real peers; null: made here
  Queue<CoapEvent> events;         // of all clients, in order
  std::bitset<kClientCount> busy;  // by ClientId: those that are not idle
};

struct CoapOutbox {
  [[nodiscard]] journal::Journal& journal() const { return news.journal; }
  [[nodiscard]] std::uint64_t number() const { return static_cast<std::uint64_t>(client); }
  void act(Action action) { news.events.emplace_back(std::move(action)); }
  void tell(at::Urc urc) {
    urc.mark = news.journal.cause();
    news.events.emplace_back(std::move(urc));
  }
  // And why, where it is not as it was meant to; and what the host is told of it.
  void conclude(std::string_view operation, ResultCode result, std::string why, at::Urc urc) {
    const journal::Because because(
        news.journal, news.journal.emit<journal::ClientResult>([&] {
          return journal::ClientResult{number(), operation, to_number(result), std::move(why)};
        }));
    tell(std::move(urc));
  }
  void keep(SessionEstablished session) { news.events.emplace_back(std::move(session)); }
  void set_busy(bool is_busy) { news.busy.set(static_cast<std::size_t>(client), is_busy); }
  void note(journal::Level level, std::string text) {
    news.journal.emit<journal::ClientNote>(
        [&] { return journal::ClientNote{number(), level, std::move(text)}; });
  }

  ClientId client;
  CoapNews& news;
};

}  // namespace vmodem::firmware
