// What the TCP/IP commands share: the way to the driver and the host, and AT+QIGETERROR.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>

#include "at_engine/serial_output.h"
#include "firmware/action.h"
#include "firmware/base/queue.h"
#include "firmware/internet/socket_error.h"
#include "firmware/journal/journal.h"

namespace vmodem::firmware {

// AT+QNTP asks the clock to follow.
struct TimeTaken {
  CalendarTime utc;
};

struct InternetOutbox {
  using Event = std::variant<Action, at::Urc, TimeTaken>;

  template <class Question>
  [[nodiscard]] QueryId ask(Question question) {
    const QueryId id{++last_query};
    events.emplace_back(Action{Query{id, std::move(question), journal.cause()}});
    return id;
  }
  void cancel(QueryId id) { events.emplace_back(Action{CancelQuery{id}}); }
  void tell(std::string text) {
    events.emplace_back(at::Urc{std::move(text), {}, journal.cause()});
  }
  void explain(std::string why) {
    journal.emit<journal::QuestionFailed>([&] { return journal::QuestionFailed{std::move(why)}; });
  }

  journal::Journal& journal;
  SocketError last_error = SocketError::kNone;
  std::uint32_t last_query = 0;
  Queue<Event> events;
};

}  // namespace vmodem::firmware
