// The confirmable messages of a server in flight (RFC 7252 §4.2).
#pragma once

#include <optional>
#include <unordered_map>

#include "coap_core/transmission_parameters.h"
#include "firmware/base/random.h"
#include "net/sim/server/schedule.h"
#include "net/sim/site/endpoint_hash.h"

namespace vmodem::sim {

struct ServerExchange {
  Bytes datagram;
  coap::Token token{};
  bool is_notification = false;
  std::uint32_t resource = 0;  // of a notification
  Duration timeout{};
  int retransmissions = 0;
  JobKey timer{};
};

class ExchangeStore {
 public:
  // All borrowed for the lifetime of the store.
  ExchangeStore(std::uint32_t server, const coap::TransmissionParameters& parameters,
                std::size_t size_max, Schedule& schedule)
      : server_(server), parameters_(parameters), size_max_(size_max), schedule_(schedule) {}

  [[nodiscard]] bool is_full() const { return exchanges_.size() >= size_max_; }
  // Arms the first timeout, drawn from RandomStream::kPeer. The key is not in use, the store not
  // full.
  void start(Instant now, const MessageKey& key, ServerExchange exchange, RandomSource& random);
  // Takes over timeout and count of an earlier one (RFC 7641 §4.5.2).
  void resume(Instant at, const MessageKey& key, ServerExchange exchange);

  [[nodiscard]] bool contains(const MessageKey& key) const { return exchanges_.contains(key); }
  // The exchange, which is over.
  [[nodiscard]] std::optional<ServerExchange> take(const MessageKey& key);
  void clear();

  [[nodiscard]] bool may_retransmit(const ServerExchange& exchange) const {
    return exchange.retransmissions < parameters_.max_retransmit;
  }

 private:
  std::uint32_t server_;
  const coap::TransmissionParameters& parameters_;
  std::size_t size_max_;
  Schedule& schedule_;
  std::unordered_map<MessageKey, ServerExchange, EndpointHash> exchanges_;
};

}  // namespace vmodem::sim
