#include "firmware/internet/queries.h"

#include <utility>

namespace vmodem::firmware {

NameServers Internet::name_servers(int context) const {
  const auto set = name_servers_.find(context);
  if (set != name_servers_.end()) return set->second;
  return {config_.primary_dns, config_.secondary_dns};
}

void Internet::set_name_servers(int context, NameServers servers) {
  name_servers_.insert_or_assign(context, std::move(servers));
}

void Internet::handle_answer(Instant now, QueryId id, const Answer& answer, int zone) {
  if (ping_.handle_answer(now, id, answer)) return;
  if (names_.handle_answer(id, answer)) return;
  time_.handle_answer(id, answer, zone);
}

void Internet::end_context(int context) {
  ping_.end_context(context);
  names_.end_context(context);
  time_.end_context(context);
  name_servers_.erase(context);
}

void Internet::reset() {
  outbox_.events.clear();
  ping_.reset();
  names_.reset();
  time_.reset();
  name_servers_.clear();
  outbox_.last_error = SocketError::kNone;
}

void Internet::handle_timeout(Instant now) {
  ping_.handle_timeout(now);
  names_.handle_timeout(now);
  time_.handle_timeout(now);
}

std::optional<Instant> Internet::poll_timeout() const {
  return earliest(earliest(ping_.poll_timeout(), names_.poll_timeout()), time_.poll_timeout());
}

bool Internet::is_waiting_for_peer() const {
  return ping_.is_running() || names_.is_running() || time_.running() != nullptr;
}

}  // namespace vmodem::firmware
