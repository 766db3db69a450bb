// A link on its own clock, with what was sent and what came out written down.
#pragma once

#include <string>
#include <vector>

#include "net/link/link_model.h"

namespace vmodem::net {

inline constexpr auto kUp = Direction::kUplink;
inline constexpr auto kDown = Direction::kDownlink;

// When, which way and what: "at 1.5 s, uplink, datagram 7".
struct Seen {
  Duration at;
  Direction direction;
  std::string text;

  friend bool operator==(const Seen&, const Seen&) = default;
};

class LinkBench {
 public:
  explicit LinkBench(const LinkConfig& config, std::uint64_t seed = 1);

  void send(Duration at, Direction direction, std::string_view text);
  // `count` datagrams, one every `gap`, numbered from 1.
  void send_many(Direction direction, int count, Duration gap);
  // Takes what arrives until `until`, each at its own instant.
  void run_to(Duration until);
  void run_to_end();

  [[nodiscard]] std::vector<std::string> texts() const;
  [[nodiscard]] std::vector<LinkEvent> events();

  SeededRandom random;
  LinkModel link;
  std::vector<Seen> seen;
};

}  // namespace vmodem::net
