// Bodies that travel in blocks: requests being put together (Block1) and results being fetched
// (Block2) that are not to change under way (RFC 7959 §2.4, §3.3). Bounded in number and octets:
// the oldest gives way.
#pragma once

#include <list>
#include <string>
#include <unordered_map>

#include "net/sim/site/endpoint_hash.h"
#include "net/sim/site/request.h"
#include "net/sim/site/response.h"

namespace vmodem::sim {

struct BlockLimits {
  std::size_t size_max = 0;    // transfers
  std::size_t octets_max = 0;  // of all bodies
  std::size_t body_size_max = 0;
};

enum class Assembly : std::uint8_t {
  kContinue,  // 2.31
  kComplete,
  kIncomplete,  // 4.08: a block is missing
  kTooLarge,    // 4.13
};

struct BlockResult {
  Response head;  // without payload
  Bytes body;
};

class BlockStore {
 public:
  explicit BlockStore(const BlockLimits& limits) : limits_(limits) {}

  // Adds a block of a request's body.
  [[nodiscard]] Assembly add(const net::Endpoint& peer, const Request& request);
  // The body that add() has completed; it is forgotten.
  [[nodiscard]] Bytes take_body(const net::Endpoint& peer, const Request& request);

  // What the client of this request fetches block by block.
  void keep_result(const net::Endpoint& peer, const Request& request, BlockResult result);
  // Null where it is gone. Holds until the next change.
  [[nodiscard]] const BlockResult* find_result(const net::Endpoint& peer,
                                               const Request& request) const;

  void clear();
  [[nodiscard]] std::size_t size() const { return transfers_.size(); }
  [[nodiscard]] std::size_t octets() const { return octets_; }

 private:
  struct Key {
    net::Endpoint peer;
    coap::Code code;
    bool is_result;
    std::string target;  // path and queries

    friend bool operator==(const Key&, const Key&) = default;
  };
  struct KeyHash {
    std::size_t operator()(const Key& key) const;
  };
  struct Transfer {
    Key key;
    BlockResult content;
  };
  using Order = std::list<Transfer>;

  [[nodiscard]] static Key key_of(const net::Endpoint& peer, const Request& request,
                                  bool is_result);
  Transfer& begin(Key key);
  void make_room();
  void forget(Order::iterator transfer);

  BlockLimits limits_;
  std::size_t octets_ = 0;
  Order transfers_;  // the oldest first
  std::unordered_map<Key, Order::iterator, KeyHash> index_;
};

}  // namespace vmodem::sim
