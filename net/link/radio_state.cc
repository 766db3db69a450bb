#include "net/link/radio_state.h"

namespace vmodem::net {
namespace {

Instant next_paging_occasion(Duration cycle, Instant now) {
  if (cycle == Duration::zero()) return now;

  const auto past_occasion = now.time_since_epoch() % cycle;
  return past_occasion == Duration::zero() ? now : now + (cycle - past_occasion);
}

}  // namespace

std::optional<Instant> RadioState::ready_at(const RadioConfig& config, Instant now,
                                            Direction direction) {
  if (now < idle_from_) {
    const auto ready = std::max(now, connected_from_);
    idle_from_ = std::max(idle_from_, ready + config.inactivity_time);
    return ready;
  }

  const bool is_downlink = direction == Direction::kDownlink;
  const bool is_asleep =
      config.active_time > Duration::zero() && now >= idle_from_ + config.active_time;
  if (is_downlink && is_asleep) return std::nullopt;

  const auto begin = is_downlink ? next_paging_occasion(config.paging_cycle, now) : now;
  connected_from_ = begin + config.promotion_delay;
  idle_from_ = connected_from_ + config.inactivity_time;
  return connected_from_;
}

}  // namespace vmodem::net
