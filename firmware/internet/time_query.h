// AT+QNTP (TCP95 §2.3.12): the time of one server.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "firmware/base/time.h"
#include "firmware/internet/outbox.h"

namespace vmodem::firmware {

struct TimeRequest {
  int context;
  std::string server;
  std::uint16_t port;
  bool sets_clock;
};

class TimeQuery {
 public:
  // RFC 4330 §10: a client asks at most every 15 s. Eight times end within the 125 s of TCP95
  // §2.3.12.
  static constexpr Duration kAttemptTime = 15s;
  static constexpr int kAttemptsMax = 8;

  // `outbox` outlives this object.
  explicit TimeQuery(InternetOutbox& outbox) : outbox_(outbox) {}

  // The one that runs; null where none does.
  [[nodiscard]] const TimeRequest* running() const { return request_ ? &*request_ : nullptr; }
  // None is running.
  void start(Instant now, TimeRequest request);
  // False where the query is none of this object's. `zone` is in quarters of an hour.
  bool handle_answer(QueryId id, const Answer& answer, int zone);
  void end_context(int context);
  void reset();

  void handle_timeout(Instant now);
  [[nodiscard]] std::optional<Instant> poll_timeout() const;

 private:
  void take_time(const TimeTold& told, int zone);
  void fail(SocketError error);

  InternetOutbox& outbox_;
  std::optional<TimeRequest> request_;
  QueryId query_{};
  Instant deadline_{};
  int attempts_ = 0;
};

}  // namespace vmodem::firmware
