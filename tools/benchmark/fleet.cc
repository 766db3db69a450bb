#include "tools/benchmark/fleet.h"

#include <fmt/format.h>

#include <algorithm>

#include "firmware/base/overloaded.h"

namespace vmodem::benchmark {
namespace {

constexpr std::uint16_t kPort = 5683;
constexpr std::string_view kGet = "AT+QCOAPSEND=0,0,1,0,0\r";
constexpr std::string_view kAcknowledged = "+QCOAPACK: ";

net::Endpoint server() {
  return {net::IpAddress::v4({198, 51, 100, 7}), kPort};
}

sim::WorldConfig world_of_one_server() {
  sim::ServerConfig config{.endpoint = server()};
  config.resources.push_back({.path = "", .representations = {{std::nullopt, to_bytes("hello")}}});
  sim::WorldConfig world;
  world.servers.push_back(std::move(config));
  return world;
}

// Behind the carrier's address translation every modem has a port of its own.
net::Endpoint endpoint_of(std::uint32_t index) {
  return {net::IpAddress::v4({100, 64, 0, 2}), static_cast<std::uint16_t>(index + 1)};
}

}  // namespace

Fleet::Fleet(const FleetConfig& config) : config_(config), world_(world_of_one_server(), random_) {
  const auto open =
      fmt::format("ATE0\rAT+QCOAPOPEN=0,\"{}\",{}\r", to_string(server().address), kPort);
  members_.reserve(config.modem_count);
  for (ModemIndex i = 0; i < config.modem_count; ++i) {
    // Spread over the period, as devices are that nobody synchronises.
    const auto first_send = Instant{} + config.period * (i + 1) / config.modem_count;
    members_.push_back({firmware::Modem({}, files_, settings_, random_),
                        net::LinkModel(config.link, random_), first_send});
    auto& member = members_.back();
    member.modem.handle_serial(Instant{}, as_bytes(open));
    settle(Instant{}, member, i);
    plan(i);
  }
}

void Fleet::run(Instant end) {
  for (auto next = next_deadline(); next && *next <= end; next = next_deadline()) {
    const auto now = *next;
    if (const auto due = world_.poll_timeout(); due && *due <= now) world_.handle_timeout(now);
    while (!deadlines_.empty() && deadlines_.top().first <= now) {
      const auto [at, index] = deadlines_.top();
      deadlines_.pop();
      if (members_[index].planned == at) serve(now, index);
    }
    serve_world(now);
  }
}

std::optional<Instant> Fleet::next_deadline() {
  while (!deadlines_.empty() &&
         members_[deadlines_.top().second].planned != deadlines_.top().first) {
    deadlines_.pop();
  }
  const auto world = world_.poll_timeout();
  return deadlines_.empty() ? world : earliest(world, deadlines_.top().first);
}

void Fleet::serve(Instant now, ModemIndex index) {
  auto& member = members_[index];
  deliver(now, member);
  if (member.due <= now) member.modem.handle_timeout(now);
  if (member.next_send <= now) {
    member.next_send += config_.period;
    member.modem.handle_serial(now, as_bytes(kGet));
    ++sent_;
  }
  settle(now, member, index);
  plan(index);
}

void Fleet::deliver(Instant now, Member& member) {
  while (auto delivery = member.link.poll_delivery(now)) {
    if (delivery->direction == net::Direction::kUplink) {
      world_.handle_datagram(now, delivery->datagram);
    } else if (member.transport) {
      member.modem.handle_datagram(now, *member.transport, delivery->datagram.octets);
    }
  }
}

void Fleet::settle(Instant now, Member& member, ModemIndex index) {
  while (auto action = member.modem.poll_action()) perform(now, member, index, *action);
  read_serial(member);
  member.due = member.modem.poll_timeout().value_or(Instant::max());
}

void Fleet::perform(Instant now, Member& member, ModemIndex index, firmware::Action& action) {
  std::visit(Overloaded{[&](const firmware::OpenTransport& open) {
                          member.transport = open.transport;
                          member.modem.handle_transport_opened(now, open.transport,
                                                               firmware::PeerKind::kSimulated);
                        },
                        [&](firmware::SendDatagram& send) {
                          ++transmissions_;
                          member.modem.handle_datagram_sent(now, send.transport, true);
                          member.link.send(
                              now, net::Direction::kUplink,
                              {endpoint_of(index), server(), std::move(send.datagram)});
                        },
                        [](const auto&) {}},
             action);
}

void Fleet::read_serial(Member& member) {
  const auto serial = member.modem.poll_serial();
  const auto text = as_text(serial);
  for (auto at = text.find(kAcknowledged); at != text.npos; at = text.find(kAcknowledged, at + 1)) {
    ++acknowledged_;
  }
  member.modem.handle_serial_written(serial.size());
}

void Fleet::serve_world(Instant now) {
  while (auto datagram = world_.poll_datagram()) {
    const ModemIndex index = datagram->to.port - 1U;
    members_[index].link.send(now, net::Direction::kDownlink, std::move(*datagram));
    plan(index);
  }
}

void Fleet::plan(ModemIndex index) {
  auto& member = members_[index];
  auto deadline = std::min(member.next_send, member.due);
  deadline = std::min(deadline, member.link.poll_timeout().value_or(Instant::max()));
  if (deadline == member.planned) return;
  member.planned = deadline;
  deadlines_.emplace(deadline, index);
}

}  // namespace vmodem::benchmark
