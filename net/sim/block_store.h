// Bodies that travel in blocks: requests being put together (Block1) and results being fetched after a
// request that is not repeated (Block2 of POST, RFC 7959 §3.3). Bounded: the oldest gives way.
#pragma once

#include <deque>
#include <optional>
#include <string>

#include "net/endpoint.h"
#include "net/sim/request.h"

namespace vmodem::sim {

enum class Assembly : std::uint8_t {
  kContinue,    // 2.31
  kComplete,
  kIncomplete,  // 4.08: a block is missing
  kTooLarge,    // 4.13
};

class BlockStore {
 public:
  BlockStore(std::size_t size_max, std::size_t body_size_max)
      : size_max_(size_max), body_size_max_(body_size_max) {}

  // Adds a block of a request's body.
  [[nodiscard]] Assembly add(const net::Endpoint& peer, const Request& request);
  // The body that add() has completed; it is forgotten.
  [[nodiscard]] Bytes take_body(const net::Endpoint& peer, const Request& request);

  // The result of a request that its client fetches block by block.
  void keep_result(const net::Endpoint& peer, const Request& request, Bytes result);
  // Null where it is gone. Holds until the next change.
  [[nodiscard]] const Bytes* find_result(const net::Endpoint& peer, const Request& request);

  void clear() { transfers_.clear(); }
  [[nodiscard]] std::size_t size() const { return transfers_.size(); }

 private:
  struct Transfer {
    net::Endpoint peer;
    coap::Code code;
    std::string path;
    bool is_result;
    Bytes body;
  };

  [[nodiscard]] std::deque<Transfer>::iterator find(const net::Endpoint& peer,
                                                    const Request& request, bool is_result);
  Transfer& begin(const net::Endpoint& peer, const Request& request, bool is_result);

  std::size_t size_max_;
  std::size_t body_size_max_;
  std::deque<Transfer> transfers_;
};

}  // namespace vmodem::sim
