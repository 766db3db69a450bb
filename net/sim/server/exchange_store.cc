#include "net/sim/server/exchange_store.h"

#include <utility>

namespace vmodem::sim {

void ExchangeStore::start(Instant now, const MessageKey& key, ServerExchange exchange,
                          RandomSource& random) {
  // RFC 7252 §4.2: between ACK_TIMEOUT and ACK_TIMEOUT · ACK_RANDOM_FACTOR.
  const auto stretch =
      1.0 + random.fraction(RandomStream::kPeer) * (parameters_.ack_random_factor - 1.0);
  exchange.timeout = Duration(
      static_cast<Duration::rep>(static_cast<double>(parameters_.ack_timeout.count()) * stretch));
  exchange.retransmissions = 0;
  resume(now + exchange.timeout, key, std::move(exchange));
}

void ExchangeStore::resume(Instant at, const MessageKey& key, ServerExchange exchange) {
  exchange.timer = schedule_.add(at, {.kind = JobKind::kRetransmit,
                                      .server = server_,
                                      .subject = key.message_id,
                                      .peer = key.peer});
  exchanges_.insert_or_assign(key, std::move(exchange));
}

std::optional<ServerExchange> ExchangeStore::take(const MessageKey& key) {
  auto node = exchanges_.extract(key);
  if (node.empty()) return std::nullopt;

  schedule_.cancel(node.mapped().timer);
  return std::move(node.mapped());
}

void ExchangeStore::clear() {
  for (const auto& [key, exchange] : exchanges_) schedule_.cancel(exchange.timer);
  exchanges_.clear();
}

}  // namespace vmodem::sim
