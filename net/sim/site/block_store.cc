#include "net/sim/site/block_store.h"

#include <functional>
#include <utility>

namespace vmodem::sim {

std::size_t BlockStore::KeyHash::operator()(const Key& key) const {
  const auto more = static_cast<std::size_t>(key.code) << 1 | (key.is_result ? 1U : 0U);
  return EndpointHash{}(key.peer) ^ (std::hash<std::string>{}(key.target) + more);
}

BlockStore::Key BlockStore::key_of(const net::Endpoint& peer, const Request& request,
                                   bool is_result) {
  Key key{peer, request.code, is_result, request.path};
  for (const auto query : request.queries) (key.target += '?') += query;
  return key;
}

BlockStore::Transfer& BlockStore::begin(Key key) {
  const auto earlier = index_.find(key);
  if (earlier != index_.end()) forget(earlier->second);
  transfers_.push_back({key, {}});
  index_.emplace(std::move(key), std::prev(transfers_.end()));
  return transfers_.back();
}

// The latest one stays: no body is over body_size_max.
void BlockStore::make_room() {
  while (transfers_.size() > 1 &&
         (transfers_.size() > limits_.size_max || octets_ > limits_.octets_max)) {
    forget(transfers_.begin());
  }
}

void BlockStore::forget(Order::iterator transfer) {
  octets_ -= transfer->content.body.size();
  index_.erase(transfer->key);
  transfers_.erase(transfer);
}

Assembly BlockStore::add(const net::Endpoint& peer, const Request& request) {
  const auto& block = *request.block1;
  auto key = key_of(peer, request, false);
  // RFC 7959 §2.5: block 0 begins anew.
  if (block.number == 0) begin(key);
  const auto entry = index_.find(key);
  if (entry == index_.end()) return Assembly::kIncomplete;

  const auto transfer = entry->second;
  auto& body = transfer->content.body;
  const bool is_repeated = block.offset() + request.payload.size() == body.size();
  if (block.has_more && block.number > 0 && is_repeated) return Assembly::kContinue;
  if (block.offset() != body.size()) return Assembly::kIncomplete;
  // RFC 7959 §2.2: all blocks but the last are full.
  if (block.has_more && request.payload.size() != block.size()) return Assembly::kIncomplete;
  if (body.size() + request.payload.size() > limits_.body_size_max) {
    forget(transfer);
    return Assembly::kTooLarge;
  }

  body.insert(body.end(), request.payload.begin(), request.payload.end());
  octets_ += request.payload.size();
  // To the end: the room is made at the cost of transfers that rest.
  transfers_.splice(transfers_.end(), transfers_, transfer);
  make_room();
  return block.has_more ? Assembly::kContinue : Assembly::kComplete;
}

Bytes BlockStore::take_body(const net::Endpoint& peer, const Request& request) {
  const auto entry = index_.find(key_of(peer, request, false));
  BG_CHECK(entry != index_.end(), "add() has just completed it");
  const auto transfer = entry->second;
  octets_ -= transfer->content.body.size();
  auto body = std::exchange(transfer->content.body, {});
  forget(transfer);
  return body;
}

void BlockStore::keep_result(const net::Endpoint& peer, const Request& request,
                             BlockResult result) {
  auto& transfer = begin(key_of(peer, request, true));
  octets_ += result.body.size();
  transfer.content = std::move(result);
  make_room();
}

const BlockResult* BlockStore::find_result(const net::Endpoint& peer,
                                           const Request& request) const {
  const auto entry = index_.find(key_of(peer, request, true));
  return entry == index_.end() ? nullptr : &entry->second->content;
}

void BlockStore::clear() {
  transfers_.clear();
  index_.clear();
  octets_ = 0;
}

}  // namespace vmodem::sim
