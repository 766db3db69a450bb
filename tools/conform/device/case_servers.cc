#include "tools/conform/device/case_servers.h"

#include <fmt/format.h>

#include <array>
#include <string_view>
#include <utility>

#include "net/sim/description/ready_worlds.h"

namespace vmodem::conform {
namespace {

// What asks the network for more than datagrams.
constexpr std::array<std::string_view, 3> kQuestions{"AT+QIDNSGIP", "AT+QPING", "AT+QNTP"};
constexpr std::string_view kOpen = "AT+QCOAPOPEN=";
constexpr std::uint16_t kCoapPort = 5683;  // RFC 7252 §6.1

// The first text in quotes; empty: there is none.
std::string_view quoted(std::string_view text) {
  const auto begin = text.find('"');
  if (begin == std::string_view::npos) return {};
  const auto end = text.find('"', begin + 1);
  return end == std::string_view::npos ? std::string_view{}
                                       : text.substr(begin + 1, end - begin - 1);
}

Expected<std::unique_ptr<net::ServedWorld>, std::string> serve_at(const net::IpAddress& address,
                                                                  RandomSource& random) {
  auto world = sim::ready_world();
  const net::Endpoint at{address, kCoapPort};
  const auto servings = net::serve_host(world, kSimulatedHost, at);
  if (!servings) return unexpected(servings.error().wrong);
  return net::ServedWorld::open(std::move(world), *servings, random);
}

}  // namespace

std::optional<std::string> CaseServers::why_not_serve(const Script& script,
                                                      const std::string& server_address) {
  if (server_address.empty()) {
    return fmt::format("without --server-address nobody is {}", kSimulatedHost);
  }
  for (const auto& step : script.steps) {
    if (!std::holds_alternative<SendSerial>(step.action)) continue;
    const std::string_view text = step.text;
    for (const auto question : kQuestions) {
      if (text.find(question) == std::string_view::npos) continue;
      return fmt::format("{} asks the simulated internet", question);
    }
    const auto open = text.find(kOpen);
    if (open == std::string_view::npos) continue;
    const auto host = quoted(text.substr(open));
    if (!host.empty() && host != kSimulatedHost) {
      return fmt::format("{} is in the simulated internet only", host);
    }
  }
  return std::nullopt;
}

Expected<std::unique_ptr<CaseServers>, BackendError> CaseServers::open(
    const std::string& server_address) {
  std::unique_ptr<CaseServers> servers(new CaseServers);
  const auto address = net::parse_ip_address(server_address);
  if (address) {
    if (auto world = serve_at(*address, servers->random_)) {
      servers->world_ = std::move(*world);
      return servers;
    }
  }
  const bool is_v6 = server_address.find(':') != std::string::npos;
  auto world = serve_at(is_v6 ? net::IpAddress() : net::IpAddress::v4({}), servers->random_);
  if (!world) return failed(std::move(world.error()));
  servers->world_ = std::move(*world);
  return servers;
}

std::optional<Instant> CaseServers::deadline() const {
  const auto inside = world_->poll_timeout();
  if (!inside || !start_) return inside;
  return *start_ + inside->time_since_epoch();
}

void CaseServers::handle(Instant now) {
  if (!start_) start_ = now;
  world_->handle_readable(inside(now));
  world_->handle_timeout(inside(now));
  // Nobody here is told: both ends of a case are judged by what the modem says.
  while (world_->poll_event()) {
  }
}

}  // namespace vmodem::conform
