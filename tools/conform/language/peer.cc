#include "tools/conform/language/peer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace vmodem::conform {
namespace {

struct MoodName {
  std::string_view name;
  PeerMood mood;
};
constexpr std::array<MoodName, 4> kMoods{{
    {"", PeerMood::kReachable},
    {"unresolved", PeerMood::kUnresolved},
    {"silent", PeerMood::kSilent},
    {"refusing", PeerMood::kRefusing},
}};

}  // namespace

std::string destination(const Peer& peer) {
  const bool is_v6 = peer.host.find(':') != std::string::npos;
  return fmt::format("{}{}{}:{}", is_v6 ? "[" : "", peer.host, is_v6 ? "]" : "", peer.port);
}

std::optional<PeerMood> parse_mood(std::string_view word) {
  const auto mood = std::ranges::find(kMoods, word, &MoodName::name);
  if (mood == kMoods.end()) return std::nullopt;
  return mood->mood;
}

}  // namespace vmodem::conform
