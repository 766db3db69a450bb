#include "firmware/internet/time_query.h"

#include <fmt/format.h>

#include <utility>

#include "firmware/power/clock.h"

namespace vmodem::firmware {
namespace {

SocketError error_of(QueryError error) {
  switch (error) {
    case QueryError::kNameNotResolved:
      return SocketError::kDnsFailed;
    case QueryError::kUnreachable:
      return SocketError::kConnectFailed;
    case QueryError::kBadAnswer:
      break;
  }
  return SocketError::kUnknown;
}

}  // namespace

void TimeQuery::start(Instant now, TimeRequest request) {
  request_ = std::move(request);
  attempts_ = 1;
  deadline_ = now + kAttemptTime;
  query_ = outbox_.ask(AskTime{request_->server, request_->port});
}

bool TimeQuery::handle_answer(QueryId id, const Answer& answer, int zone) {
  if (!request_ || query_ != id) return false;
  if (const auto* told = std::get_if<TimeTold>(&answer)) take_time(*told, zone);
  if (const auto* failure = std::get_if<QueryFailed>(&answer)) {
    outbox_.explain(fmt::format("time of {}: {}", request_->server, failure->why));
    fail(error_of(failure->error));
  }
  return true;
}

void TimeQuery::take_time(const TimeTold& told, int zone) {
  const bool sets_clock = request_->sets_clock;
  request_.reset();
  outbox_.last_error = SocketError::kNone;
  if (sets_clock) outbox_.events.emplace_back(TimeTaken{told.utc});
  outbox_.tell(fmt::format("+QNTP: 0,\"{}\"", long_time_text(to_local(told.utc, zone), zone)));
}

void TimeQuery::fail(SocketError error) {
  request_.reset();
  outbox_.last_error = error;
  outbox_.tell(fmt::format("+QNTP: {}", to_number(error)));
}

void TimeQuery::reset() {
  if (request_) outbox_.cancel(query_);
  request_.reset();
}

void TimeQuery::end_context(int context) {
  if (!request_ || request_->context != context) return;
  outbox_.cancel(query_);
  fail(SocketError::kContextDeactivated);
}

void TimeQuery::handle_timeout(Instant now) {
  if (!request_ || now < deadline_) return;
  outbox_.cancel(query_);
  if (attempts_ == kAttemptsMax) return fail(SocketError::kTimeout);
  ++attempts_;
  deadline_ += kAttemptTime;
  query_ = outbox_.ask(AskTime{request_->server, request_->port});
}

std::optional<Instant> TimeQuery::poll_timeout() const {
  if (!request_) return std::nullopt;
  return deadline_;
}

}  // namespace vmodem::firmware
