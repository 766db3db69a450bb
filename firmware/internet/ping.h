// AT+QPING (TCP95 §2.3.11): echo requests one after the other, and what became of them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "firmware/base/time.h"
#include "firmware/internet/outbox.h"

namespace vmodem::firmware {

struct PingRequest {
  int context;
  std::string host;
  Duration timeout;  // for the answer to each
  int count;
};

class Ping {
 public:
  static constexpr std::size_t kDataSize = 32;

  // `outbox` outlives this object.
  explicit Ping(InternetOutbox& outbox) : outbox_(outbox) {}

  [[nodiscard]] bool is_running() const { return request_.has_value(); }
  // None is running.
  void start(Instant now, PingRequest request);
  // False where the query is none of this object's.
  bool handle_answer(Instant now, QueryId id, const Answer& answer);
  void end_context(int context);
  void reset();

  void handle_timeout(Instant now);
  [[nodiscard]] std::optional<Instant> poll_timeout() const { return deadline_; }

 private:
  void send(Instant now);
  void take_reply(Instant now, const EchoReceived& reply);
  void take_failure(Instant now, const QueryFailed& failure);
  void lose(Instant now);
  void go_on(Instant now);
  void end(SocketError result);

  InternetOutbox& outbox_;
  std::optional<PingRequest> request_;
  std::optional<QueryId> query_;
  std::optional<Instant> deadline_;
  Instant sent_at_{};
  int sent_ = 0;
  std::vector<Duration> round_trips_;
};

}  // namespace vmodem::firmware
