#include "net/link/link_model.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace vmodem::net {
namespace {

// IPv4 (RFC 791) and UDP (RFC 768) headers, which the radio carries too.
constexpr std::size_t kHeaderSize = 28;

Duration serialisation_delay(std::uint64_t bits_per_second, std::size_t size) {
  if (bits_per_second == 0) return {};

  const auto bits = static_cast<std::uint64_t>(size + kHeaderSize) * 8;
  return Duration(static_cast<Duration::rep>(bits * std::nano::den / bits_per_second));
}

}  // namespace

struct LinkModel::Comparison {
  bool operator()(const Arrival& a, const Arrival& b) const {
    return std::tie(a.at, a.order) > std::tie(b.at, b.order);
  }
};

LinkModel::LinkModel(LinkConfig config, RandomSource& random)
    : config_(std::move(config)), random_(random) {
}

const LinkDirectionConfig& LinkModel::config_of(Direction direction) const {
  return direction == Direction::kUplink ? config_.uplink : config_.downlink;
}

LinkModel::Lane& LinkModel::lane_of(Direction direction) {
  return lanes_[static_cast<std::size_t>(direction)];
}

// A chance of zero draws nothing, so switching one effect on shifts no other run.
bool LinkModel::chance(double probability) {
  return probability > 0 && random_.fraction(RandomStream::kLink) < probability;
}

std::optional<LinkEventKind> LinkModel::refusal(Instant now, const Sending& sending) {
  const auto& config = config_of(sending.direction);
  if (now < down_until_ || is_in_outage(config_, sending.direction, now)) {
    return LinkEventKind::kDroppedDown;
  }
  if (config.mtu != 0 && sending.size + kHeaderSize > config.mtu) {
    return LinkEventKind::kDroppedLarge;
  }
  if (lane_of(sending.direction).under_way >= config.queue_size_max) return LinkEventKind::kDroppedFull;
  return std::nullopt;
}

bool LinkModel::is_down(Instant now) const {
  return now < down_until_ || is_in_outage(config_, Direction::kUplink, now) ||
         is_in_outage(config_, Direction::kDownlink, now);
}

void LinkModel::add_step(Direction direction, LinkStepAction action, std::uint32_t count,
                         Duration delay) {
  const auto is_over = [this](const LinkStep& step) {
    return step.first + step.count <= lane_of(step.direction).sent + 1;
  };
  std::erase_if(config_.steps, is_over);
  config_.steps.push_back({direction, lane_of(direction).sent + 1, count, action, delay});
}

bool LinkModel::is_ideal(Instant now) const {
  return now >= down_until_ && arrivals_.empty() && config_ == LinkConfig{};
}

void LinkModel::send(Instant now, Direction direction, Datagram datagram, Counting counting) {
  const auto& config = config_of(direction);
  const bool is_counted = counting == Counting::kCounted;
  const Sending sending{direction, datagram.octets.size(),
                        is_counted ? ++lane_of(direction).sent : 0, datagram.mark};
  if (const auto refused = refusal(now, sending)) return report(*refused, sending);

  const auto ready = radio_.ready_at(config_.radio, now, direction);
  if (!ready) return report(LinkEventKind::kDroppedAsleep, sending);

  const auto scripted = scripted_treatment(config_, direction, sending.ordinal);
  const auto by_chance = [&](double probability) {
    return !scripted.is_scripted && chance(probability);
  };
  const auto at = arrival_of(sending, *ready, scripted);
  if (scripted.is_lost) return report(LinkEventKind::kLostByScript, sending);
  if (by_chance(config.loss)) return report(LinkEventKind::kLost, sending);

  if (scripted.is_corrupted || by_chance(config.corruption)) {
    corrupt(direction, datagram.octets);
    report(LinkEventKind::kCorrupted, sending);
  }
  if (scripted.is_duplicated || by_chance(config.duplication)) {
    push(at, direction, datagram);
    report(LinkEventKind::kDuplicated, sending);
  }
  push(at, direction, std::move(datagram));
}

Instant LinkModel::arrival_of(const Sending& sending, Instant ready,
                              const ScriptedTreatment& scripted) {
  const auto& config = config_of(sending.direction);
  auto& lane = lane_of(sending.direction);
  lane.busy_until =
      std::max(ready, lane.busy_until) + serialisation_delay(config.bits_per_second, sending.size);

  auto at = lane.busy_until + config.delay;
  if (config.jitter > Duration::zero()) {
    const auto draw =
        random_.below(RandomStream::kLink, static_cast<std::uint64_t>(config.jitter.count()) + 1);
    at += Duration(static_cast<Duration::rep>(draw));
  }
  // 3GPP TS 36.322: acknowledged-mode RLC delivers in sequence; what overtakes does so by intent.
  at = std::max(at, lane.last_arrival);
  if (scripted.delay > Duration::zero()) return at + scripted.delay;
  if (!scripted.is_scripted && chance(config.reordering)) {
    report(LinkEventKind::kReordered, sending);
    return at + config.reordering_delay;
  }

  lane.last_arrival = at;
  return at;
}

void LinkModel::corrupt(Direction direction, Bytes& octets) {
  if (octets.empty()) return;

  auto& octet = octets[random_.below(RandomStream::kLink, octets.size())];
  switch (config_of(direction).corruption_unit) {
    case CorruptionUnit::kBit:
      octet = static_cast<std::uint8_t>(octet ^ (1U << random_.below(RandomStream::kLink, 8)));
      return;
    case CorruptionUnit::kOctet:
      octet = static_cast<std::uint8_t>(octet ^ (1 + random_.below(RandomStream::kLink, 255)));
      return;
  }
}

void LinkModel::push(Instant at, Direction direction, Datagram datagram) {
  ++lane_of(direction).under_way;
  arrivals_.push_back({at, next_order_++, {direction, std::move(datagram)}});
  std::ranges::push_heap(arrivals_, Comparison{});
}

std::optional<Delivery> LinkModel::poll_delivery(Instant now) {
  if (arrivals_.empty() || arrivals_.front().at > now) return std::nullopt;

  std::ranges::pop_heap(arrivals_, Comparison{});
  auto delivery = std::move(arrivals_.back().delivery);
  arrivals_.pop_back();
  --lane_of(delivery.direction).under_way;
  return delivery;
}

std::optional<Instant> LinkModel::poll_timeout() const {
  if (arrivals_.empty()) return std::nullopt;
  return arrivals_.front().at;
}

}  // namespace vmodem::net
