#include "net/sim/server/observers.h"

namespace vmodem::sim {

bool Observers::add(std::uint32_t resource, const ObserverKey& key, const Observer& observer) {
  auto& observers = audiences_[resource].observers;
  const auto known = observers.find(key);
  if (known != observers.end()) {
    // A notification in flight stays so: RFC 7641 §4.5.1 allows one at a time.
    const auto in_flight = known->second.is_in_flight;
    known->second = observer;
    known->second.is_in_flight = in_flight;
    return true;
  }
  if (size_ >= size_max_) return false;

  observers.emplace(key, observer);
  ++size_;
  return true;
}

bool Observers::remove(std::uint32_t resource, const ObserverKey& key) {
  const auto count = audiences_[resource].observers.erase(key);
  size_ -= count;
  return count != 0;
}

bool Observers::remove_by_message(const net::Endpoint& peer, coap::MessageId message_id) {
  for (auto& [resource, audience] : audiences_) {
    auto& observers = audience.observers;
    auto it = observers.lower_bound({peer, coap::Token{}});
    for (; it != observers.end() && it->first.first == peer; ++it) {
      if (it->second.last_message_id != message_id) continue;
      observers.erase(it);
      --size_;
      return true;
    }
  }
  return false;
}

std::size_t Observers::remove_peer(const net::Endpoint& peer) {
  const auto before = size_;
  for (auto& [resource, audience] : audiences_) {
    auto& observers = audience.observers;
    auto it = observers.lower_bound({peer, coap::Token{}});
    while (it != observers.end() && it->first.first == peer) {
      it = observers.erase(it);
      --size_;
    }
  }
  return before - size_;
}

void Observers::clear() {
  audiences_.clear();
  size_ = 0;
}

std::size_t Observers::count(std::uint32_t resource) const {
  const auto entry = audiences_.find(resource);
  return entry == audiences_.end() ? 0 : entry->second.observers.size();
}

Observer* Observers::find(std::uint32_t resource, const ObserverKey& key) {
  auto& observers = audiences_[resource].observers;
  const auto entry = observers.find(key);
  return entry == observers.end() ? nullptr : &entry->second;
}

}  // namespace vmodem::sim
