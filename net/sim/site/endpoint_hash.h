// Hashes for tables by peer.
#pragma once

#include <cstring>

#include "coap_core/message.h"
#include "net/endpoint.h"

namespace vmodem::sim {

// A message as RFC 7252 §4.4 names it: by the peer and the message ID.
struct MessageKey {
  net::Endpoint peer;
  coap::MessageId message_id = 0;

  friend bool operator==(const MessageKey&, const MessageKey&) = default;
};

struct EndpointHash {
  std::size_t operator()(const net::Endpoint& endpoint) const { return mix(endpoint, 0); }
  std::size_t operator()(const MessageKey& key) const { return mix(key.peer, key.message_id); }

 private:
  static std::size_t mix(const net::Endpoint& endpoint, std::uint64_t more) {
    std::array<std::uint64_t, 2> words{};
    std::memcpy(words.data(), endpoint.address.octets().data(), sizeof words);
    // The finaliser of SplitMix64.
    auto z = words[0] * 0x9E3779B97F4A7C15 + words[1] + (std::uint64_t{endpoint.port} << 16) + more;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return static_cast<std::size_t>(z ^ (z >> 31));
  }
};

}  // namespace vmodem::sim
