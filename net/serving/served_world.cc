#include "net/serving/served_world.h"

#include <fmt/format.h>
#include <sys/epoll.h>

#include <span>
#include <utility>

#include "firmware/base/check.h"
#include "net/sockets/udp_socket.h"

namespace vmodem::net {
namespace {

constexpr int kDatagramsAtOnceMax = 64;

std::string phrase(const Endpoint& at, const std::error_code& error) {
  return fmt::format("cannot serve at {}: {}", to_string(at), error.message());
}

}  // namespace

ServedWorld::ServedWorld(sim::WorldConfig world, RandomSource& random)
    : world_(std::move(world), random),
      ready_(::epoll_create1(EPOLL_CLOEXEC)),
      buffer_(std::make_unique_for_overwrite<std::uint8_t[]>(kDatagramSizeMax)) {
}

Expected<std::unique_ptr<ServedWorld>, std::string> ServedWorld::open(
    sim::WorldConfig world, const std::vector<Serving>& servings, RandomSource& random) {
  std::unique_ptr<ServedWorld> served(new ServedWorld(std::move(world), random));
  if (!served->ready_.is_open()) return unexpected(last_error().message());
  for (const auto& serving : servings) {
    auto added = served->add(serving);
    if (!added) return unexpected(std::move(added.error()));
  }
  return served;
}

Expected<void, std::string> ServedWorld::add(const Serving& serving) {
  const auto server = world_.server(Instant{}, serving.server);
  BG_CHECK(server.has_value(), "only servers of the world are served");
  if (index_.contains(serving.server)) {
    return unexpected(fmt::format("the server {} is served already", to_string(serving.server)));
  }
  auto socket = UdpServerSocket::bind(serving.at);
  if (!socket) return unexpected(phrase(serving.at, socket.error()));

  epoll_event event{};
  event.events = EPOLLIN;
  event.data.u64 = sockets_.size();
  if (::epoll_ctl(ready_.get(), EPOLL_CTL_ADD, socket->fd(), &event) != 0) {
    return unexpected(phrase(serving.at, last_error()));
  }
  index_.emplace(serving.server, sockets_.size());
  places_.push_back({serving.server, socket->local(), server->is_secured});
  sockets_.push_back(std::move(*socket));
  return {};
}

void ServedWorld::handle_readable(Instant now) {
  bool is_any = true;
  for (int i = 0; i < kDatagramsAtOnceMax && is_any; ++i) {
    is_any = false;
    for (std::size_t index = 0; index < sockets_.size(); ++index) is_any |= receive(now, index);
  }
}

bool ServedWorld::receive(Instant now, std::size_t index) {
  const std::span room(buffer_.get(), kDatagramSizeMax);
  const auto received = sockets_[index].receive(room);
  // An error that waited is taken by that; who is gone shows in silence.
  if (!received || !*received) return !received;

  const auto octets = room.first((*received)->size);
  world_.handle_datagram(now, {.from = (*received)->peer,
                               .to = places_[index].server,
                               .octets = Bytes(octets.begin(), octets.end())});
  flush();
  return true;
}

void ServedWorld::handle_timeout(Instant now) {
  world_.handle_timeout(now);
  flush();
}

void ServedWorld::flush() {
  while (const auto datagram = world_.poll_datagram()) {
    const auto socket = index_.find(datagram->from);
    BG_CHECK(socket != index_.end(), "nobody reaches a server that is not served");
    if (sockets_[socket->second].send(datagram->to, datagram->octets)) ++unsent_count_;
  }
}

}  // namespace vmodem::net
