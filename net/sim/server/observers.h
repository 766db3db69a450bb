// Who is notified of what (RFC 7641 §4.1).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "net/sim/server/schedule.h"
#include "net/sim/site/request.h"

namespace vmodem::sim {

using ObserverKey = std::pair<net::Endpoint, coap::Token>;

struct Observer {
  // Of the registration: what a notification is rendered for.
  std::optional<std::uint16_t> accept;
  std::optional<Block> block2;
  std::uint16_t content_format = 0;  // of the first response
  bool is_in_flight = false;         // a confirmable notification is
  bool is_outdated = false;          // the content has changed since
  coap::MessageId last_message_id = 0;
  Instant last_confirmed{};  // sent as CON, or registered
};

// The observers of one resource.
struct Audience {
  std::uint32_t sequence = 2;  // RFC 7641 §4.4; libcoap begins with 2
  std::map<ObserverKey, Observer> observers;
  std::optional<JobKey> tick;
};

class Observers {
 public:
  explicit Observers(std::size_t size_max) : size_max_(size_max) {}

  // Registers anew or again. False where there is no room.
  [[nodiscard]] bool add(std::uint32_t resource, const ObserverKey& key, const Observer& observer);
  // True where it was there.
  bool remove(std::uint32_t resource, const ObserverKey& key);
  // Removes whoever has rejected the notification with this message ID (RFC 7641 §3.6).
  [[nodiscard]] bool remove_by_message(const net::Endpoint& peer, coap::MessageId message_id);
  // The number removed.
  std::size_t remove_peer(const net::Endpoint& peer);
  void clear();

  // Null where it is gone.
  [[nodiscard]] Observer* find(std::uint32_t resource, const ObserverKey& key);
  [[nodiscard]] std::size_t count(std::uint32_t resource) const;
  [[nodiscard]] Audience& audience(std::uint32_t resource) { return audiences_[resource]; }

 private:
  std::size_t size_max_;
  std::size_t size_ = 0;
  std::map<std::uint32_t, Audience> audiences_;
};

}  // namespace vmodem::sim
