#include "net/sim/block_store.h"

#include <algorithm>
#include <utility>

#include "firmware/base/check.h"

namespace vmodem::sim {

std::deque<BlockStore::Transfer>::iterator BlockStore::find(const net::Endpoint& peer,
                                                            const Request& request,
                                                            bool is_result) {
  return std::ranges::find_if(transfers_, [&](const Transfer& transfer) {
    return transfer.is_result == is_result && transfer.peer == peer &&
           transfer.code == request.code && transfer.path == request.path;
  });
}

BlockStore::Transfer& BlockStore::begin(const net::Endpoint& peer, const Request& request,
                                        bool is_result) {
  const auto earlier = find(peer, request, is_result);
  if (earlier != transfers_.end()) transfers_.erase(earlier);
  if (transfers_.size() >= size_max_) transfers_.pop_front();
  transfers_.push_back({peer, request.code, request.path, is_result, {}});
  return transfers_.back();
}

Assembly BlockStore::add(const net::Endpoint& peer, const Request& request) {
  const auto& block = *request.block1;
  // RFC 7959 §2.5: block 0 begins anew.
  if (block.number == 0) begin(peer, request, false);
  const auto transfer = find(peer, request, false);
  if (transfer == transfers_.end()) return Assembly::kIncomplete;

  auto& body = transfer->body;
  const bool is_repeated = block.offset() + request.payload.size() == body.size();
  if (block.has_more && is_repeated) return Assembly::kContinue;
  if (block.offset() != body.size()) return Assembly::kIncomplete;
  // RFC 7959 §2.2: all blocks but the last are full.
  if (block.has_more && request.payload.size() != block.size()) return Assembly::kIncomplete;
  if (body.size() + request.payload.size() > body_size_max_) {
    transfers_.erase(transfer);
    return Assembly::kTooLarge;
  }

  body.insert(body.end(), request.payload.begin(), request.payload.end());
  return block.has_more ? Assembly::kContinue : Assembly::kComplete;
}

Bytes BlockStore::take_body(const net::Endpoint& peer, const Request& request) {
  const auto transfer = find(peer, request, false);
  BG_CHECK(transfer != transfers_.end(), "add() has just completed it");
  auto body = std::move(transfer->body);
  transfers_.erase(transfer);
  return body;
}

void BlockStore::keep_result(const net::Endpoint& peer, const Request& request, Bytes result) {
  begin(peer, request, true).body = std::move(result);
}

const Bytes* BlockStore::find_result(const net::Endpoint& peer, const Request& request) {
  const auto found = find(peer, request, true);
  return found == transfers_.end() ? nullptr : &found->body;
}

}  // namespace vmodem::sim
