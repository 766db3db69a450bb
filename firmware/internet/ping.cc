#include "firmware/internet/ping.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>

namespace vmodem::firmware {
namespace {

long milliseconds(Duration duration) {
  return static_cast<long>(std::chrono::duration_cast<std::chrono::milliseconds>(duration).count());
}

}  // namespace

void Ping::start(Instant now, PingRequest request) {
  request_ = std::move(request);
  sent_ = 0;
  round_trips_.clear();
  send(now);
}

void Ping::send(Instant now) {
  ++sent_;
  sent_at_ = now;
  deadline_ = now + request_->timeout;
  query_ = outbox_.ask(PingHost{request_->host, kDataSize});
}

bool Ping::handle_answer(Instant now, QueryId id, const Answer& answer) {
  if (query_ != id) return false;
  query_.reset();
  if (const auto* reply = std::get_if<EchoReceived>(&answer)) take_reply(now, *reply);
  if (const auto* failure = std::get_if<QueryFailed>(&answer)) take_failure(now, *failure);
  return true;
}

void Ping::take_reply(Instant now, const EchoReceived& reply) {
  const auto round_trip = reply.round_trip.value_or(now - sent_at_);
  round_trips_.push_back(round_trip);
  outbox_.tell(fmt::format("+QPING: 0,\"{}\",{},{},{}", reply.address, kDataSize,
                           milliseconds(round_trip), reply.ttl));
  go_on(now);
}

void Ping::take_failure(Instant now, const QueryFailed& failure) {
  outbox_.explain(fmt::format("ping of {}: {}", request_->host, failure.why));
  // quectel-at.md §7: where nothing is reachable there is the final line alone.
  if (!round_trips_.empty()) return lose(now);
  const bool is_unknown = failure.error == QueryError::kNameNotResolved;
  end(is_unknown ? SocketError::kDnsFailed : SocketError::kTimeout);
}

void Ping::handle_timeout(Instant now) {
  if (!deadline_ || now < *deadline_) return;
  if (query_) outbox_.cancel(*std::exchange(query_, std::nullopt));
  lose(now);
}

void Ping::lose(Instant now) {
  outbox_.tell(fmt::format("+QPING: {}", to_number(SocketError::kTimeout)));
  go_on(now);
}

void Ping::go_on(Instant now) {
  if (sent_ < request_->count) return send(now);
  end(round_trips_.empty() ? SocketError::kTimeout : SocketError::kNone);
}

void Ping::end(SocketError result) {
  if (query_) outbox_.cancel(*query_);
  query_.reset();
  deadline_.reset();
  request_.reset();
  outbox_.last_error = result;
  if (result != SocketError::kNone) {
    return outbox_.tell(fmt::format("+QPING: {}", to_number(result)));
  }
  const auto received = static_cast<int>(round_trips_.size());
  const auto [shortest, longest] = std::ranges::minmax(round_trips_);
  const auto sum = std::accumulate(round_trips_.begin(), round_trips_.end(), Duration{});
  outbox_.tell(fmt::format("+QPING: 0,{},{},{},{},{},{}", sent_, received, sent_ - received,
                           milliseconds(shortest), milliseconds(longest),
                           milliseconds(sum / received)));
}

void Ping::end_context(int context) {
  if (request_ && request_->context == context) end(SocketError::kContextDeactivated);
}

void Ping::reset() {
  if (query_) outbox_.cancel(*query_);
  request_.reset();
  query_.reset();
  deadline_.reset();
}

}  // namespace vmodem::firmware
