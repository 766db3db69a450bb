// A destination whose side the transcript itself plays.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vmodem::conform {

// How the network treats a destination.
enum class PeerMood : std::uint8_t {
  kReachable,
  kUnresolved,  // its name does not resolve
  kSilent,      // neither resolver nor socket ever answers
  kRefusing,    // opens, but no datagram can be handed over
};

struct Peer {
  std::string name;
  std::string host;  // an address without brackets, or a name
  std::uint16_t port = 0;
  PeerMood mood = PeerMood::kReachable;
};

// As a route writes it: ADDRESS:PORT, with brackets round an IPv6 address.
[[nodiscard]] std::string destination(const Peer& peer);
// "" for a reachable one; nothing for a word that is none.
[[nodiscard]] std::optional<PeerMood> parse_mood(std::string_view word);

}  // namespace vmodem::conform
