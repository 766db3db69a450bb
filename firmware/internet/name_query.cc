#include "firmware/internet/name_query.h"

#include <fmt/format.h>

#include <utility>

namespace vmodem::firmware {

void NameQuery::start(Instant now, NameRequest request) {
  request_ = std::move(request);
  deadline_ = now + kTimeMax;
  query_ = outbox_.ask(ResolveName{request_->host});
}

bool NameQuery::handle_answer(QueryId id, const Answer& answer) {
  if (!request_ || query_ != id) return false;
  if (const auto* resolved = std::get_if<NameResolved>(&answer)) take_addresses(*resolved);
  if (const auto* failure = std::get_if<QueryFailed>(&answer)) {
    outbox_.explain(fmt::format("look-up of {}: {}", request_->host, failure->why));
    fail(SocketError::kDnsFailed);
  }
  return true;
}

void NameQuery::take_addresses(const NameResolved& resolved) {
  auto addresses = resolved.addresses;
  std::erase_if(addresses, [this](const std::string& address) {
    const bool is_ipv6 = address.find(':') != std::string::npos;
    return !(is_ipv6 ? request_->takes_ipv6 : request_->takes_ipv4);
  });
  if (addresses.empty()) return fail(SocketError::kDnsFailed);

  request_.reset();
  outbox_.last_error = SocketError::kNone;
  outbox_.tell(fmt::format("+QIURC: \"dnsgip\",0,{},{}", addresses.size(), kTtl));
  for (const auto& address : addresses) {
    outbox_.tell(fmt::format("+QIURC: \"dnsgip\",\"{}\"", address));
  }
}

void NameQuery::fail(SocketError error) {
  request_.reset();
  outbox_.last_error = error;
  outbox_.tell(fmt::format("+QIURC: \"dnsgip\",{}", to_number(error)));
}

void NameQuery::reset() {
  if (request_) outbox_.cancel(query_);
  request_.reset();
}

void NameQuery::end_context(int context) {
  if (!request_ || request_->context != context) return;
  outbox_.cancel(query_);
  fail(SocketError::kContextDeactivated);
}

void NameQuery::handle_timeout(Instant now) {
  if (!request_ || now < deadline_) return;
  outbox_.cancel(query_);
  fail(SocketError::kDnsFailed);
}

std::optional<Instant> NameQuery::poll_timeout() const {
  if (!request_) return std::nullopt;
  return deadline_;
}

}  // namespace vmodem::firmware
