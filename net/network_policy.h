// How far the virtual module reaches into the real network.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "net/routes.h"

namespace vmodem::net {

enum class NetworkMode : std::uint8_t {
  kLoopback,  // routes and loopback addresses only; no DNS query leaves the machine
  kHost,      // all that the host reaches
};

class NetworkPolicy {
 public:
  NetworkPolicy(NetworkMode mode, Routes routes) : mode_(mode), routes_(std::move(routes)) {}

  [[nodiscard]] NetworkMode mode() const { return mode_; }
  // A route wins over everything, also over what refusal() would say of its target.
  [[nodiscard]] std::optional<Endpoint> find_route(std::string_view host,
                                                   std::uint16_t port) const {
    return routes_.find(host, port);
  }
  // Why an address that no route gave must not be reached, as a phrase; nothing where it may be.
  [[nodiscard]] std::optional<std::string> refusal(const Endpoint& target) const;

 private:
  NetworkMode mode_;
  Routes routes_;
};

}  // namespace vmodem::net
