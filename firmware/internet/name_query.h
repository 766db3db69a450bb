// AT+QIDNSGIP (TCP95 §2.3.14): one name at a time.
#pragma once

#include <optional>
#include <string>

#include "firmware/base/time.h"
#include "firmware/internet/outbox.h"

namespace vmodem::firmware {

struct NameRequest {
  int context;
  std::string host;
  bool takes_ipv4;
  bool takes_ipv6;
};

class NameQuery {
 public:
  static constexpr Duration kTimeMax = 60s;  // TCP95 §2.3.14
  static constexpr int kTtl = 600;           // seconds; a resolver's library does not tell it

  // `outbox` outlives this object.
  explicit NameQuery(InternetOutbox& outbox) : outbox_(outbox) {}

  [[nodiscard]] bool is_running() const { return request_.has_value(); }
  // None is running.
  void start(Instant now, NameRequest request);
  // False where the query is none of this object's.
  bool handle_answer(QueryId id, const Answer& answer);
  void end_context(int context);
  void reset();

  void handle_timeout(Instant now);
  [[nodiscard]] std::optional<Instant> poll_timeout() const;

 private:
  void take_addresses(const NameResolved& resolved);
  void fail(SocketError error);

  InternetOutbox& outbox_;
  std::optional<NameRequest> request_;
  QueryId query_{};
  Instant deadline_{};
};

}  // namespace vmodem::firmware
