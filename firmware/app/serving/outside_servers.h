// The simulated servers on real sockets, with the wall's time, beside the run of the module.
//
// In:  a configuration, datagrams of anybody.
// Out: datagrams, lines of the log.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "firmware/app/loop/clock.h"
#include "firmware/app/loop/log.h"
#include "firmware/app/loop/outside_port.h"
#include "firmware/app/loop/poller.h"
#include "firmware/base/expected.h"
#include "firmware/configuration/config.h"
#include "net/serving/served_world.h"
#include "net/serving/serving_random.h"
#include "net/sockets/unique_fd.h"

namespace vmodem::app {

// One of them, for who wants to reach it.
struct OutsideAddress {
  std::string host;  // a name, or the address where it has none
  std::string uri;   // "coaps://127.0.0.1:5684"
};

class OutsideServers final : public OutsidePort {
 public:
  // Null where the configuration asks for none. The same seed gives the same message IDs and
  // tokens. `poller` and `log` outlive it. The error is one phrase.
  [[nodiscard]] static Expected<std::unique_ptr<OutsideServers>, std::string> open(
      const Config& config, std::uint64_t seed, Poller& poller, Log& log);
  ~OutsideServers() override;
  OutsideServers(const OutsideServers&) = delete;
  OutsideServers& operator=(const OutsideServers&) = delete;

  void handle_ready() override;
  [[nodiscard]] const std::vector<OutsideAddress>& addresses() const { return addresses_; }

 private:
  OutsideServers(std::uint64_t seed, Poller& poller, Log& log);
  void tell(const sim::WorldEvent& event);
  [[nodiscard]] std::string_view name_of(const net::Endpoint& server) const;
  void arm();

  Poller& poller_;
  Log& log_;
  MonotonicClock wall_;
  net::ServingRandom random_;
  net::UniqueFd timer_;  // is ready when something of the world's is due
  std::unique_ptr<net::ServedWorld> served_;
  std::vector<OutsideAddress> addresses_;  // of served_->places()
  std::uint64_t unsent_told_ = 0;
};

}  // namespace vmodem::app
