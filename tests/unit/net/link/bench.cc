#include "tests/unit/net/link/bench.h"

#include <fmt/format.h>

namespace vmodem::net {

LinkBench::LinkBench(const LinkConfig& config, std::uint64_t seed)
    : random(seed), link(config, random) {
}

void LinkBench::send(Duration at, Direction direction, std::string_view text) {
  run_to(at);
  link.send(Instant{} + at, direction, {{}, {}, to_bytes(text)});
}

void LinkBench::send_many(Direction direction, int count, Duration gap) {
  for (int i = 0; i < count; ++i) send(gap * i, direction, fmt::format("{}", i + 1));
}

void LinkBench::run_to(Duration until) {
  while (const auto next = link.poll_timeout()) {
    if (*next > Instant{} + until) return;
    while (auto delivery = link.poll_delivery(*next)) {
      seen.push_back({next->time_since_epoch(), delivery->direction,
                      std::string(as_text(delivery->datagram.octets))});
    }
  }
}

void LinkBench::run_to_end() {
  run_to(std::chrono::hours(1000));
}

std::vector<std::string> LinkBench::texts() const {
  std::vector<std::string> texts;
  for (const auto& one : seen) texts.push_back(one.text);
  return texts;
}

std::vector<LinkEvent> LinkBench::events() {
  std::vector<LinkEvent> events;
  while (const auto event = link.poll_event()) events.push_back(*event);
  return events;
}

}  // namespace vmodem::net
