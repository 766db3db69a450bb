// Simulated servers on UDP sockets of this machine: what answers the modem inside answers anybody,
// plain and over DTLS. No thread and no clock: the time is an argument, as everywhere below.
//
// In:  a description, where its servers are to be, real datagrams, the time.
// Out: real datagrams, events, the next deadline.
//
// Whoever drives it sleeps until fd() is readable or poll_timeout() is there, and calls
// handle_readable() or handle_timeout(), which send what they have led to. What is kept of peers is
// bounded by each server's limits, however many there are.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "net/serving/serving.h"
#include "net/sim/site/endpoint_hash.h"
#include "net/sim/world.h"
#include "net/sockets/udp_server_socket.h"
#include "net/sockets/unique_fd.h"

namespace vmodem::net {

struct ServedPlace {
  Endpoint server;  // in the simulated internet
  Endpoint at;      // on this machine, with the port that it got
  bool is_secured;
};

class ServedWorld {
 public:
  // Where `at` is no loopback address, whoever reaches it reaches the server. `random` outlives
  // this. The error is one phrase: a port is taken, or an address is not of this machine.
  [[nodiscard]] static Expected<std::unique_ptr<ServedWorld>, std::string> open(
      sim::WorldConfig world, const std::vector<Serving>& servings, RandomSource& random);

  // In the order of the servings.
  [[nodiscard]] const std::vector<ServedPlace>& places() const { return places_; }

  // Readable while handle_readable() has something to do.
  [[nodiscard]] int fd() const { return ready_.get(); }
  // Takes a bounded number of what has come, from each socket in turn: a flood leaves its driver
  // time for other things.
  void handle_readable(Instant now);
  void handle_timeout(Instant now);
  [[nodiscard]] std::optional<Instant> poll_timeout() const { return world_.poll_timeout(); }
  // Bounded: where nobody polls, the latest are missing.
  [[nodiscard]] std::optional<sim::WorldEvent> poll_event() { return world_.poll_event(); }
  // Datagrams that the system did not take, by now.
  [[nodiscard]] std::uint64_t unsent_count() const { return unsent_count_; }

  // For verbs and overrides; what they lead to goes out with flush().
  [[nodiscard]] sim::World& world() { return world_; }
  void flush();

 private:
  ServedWorld(sim::WorldConfig world, RandomSource& random);
  [[nodiscard]] Expected<void, std::string> add(const Serving& serving);
  // False where none was there.
  [[nodiscard]] bool receive(Instant now, std::size_t index);

  sim::World world_;
  UniqueFd ready_;  // epoll, which can itself be waited for (epoll(7))
  std::vector<UdpServerSocket> sockets_;
  std::vector<ServedPlace> places_;                                     // of the sockets
  std::unordered_map<Endpoint, std::size_t, sim::EndpointHash> index_;  // by server
  std::unique_ptr<std::uint8_t[]> buffer_;
  std::uint64_t unsent_count_ = 0;
};

}  // namespace vmodem::net
