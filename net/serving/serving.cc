#include "net/serving/serving.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>

namespace vmodem::net {
namespace {

// RFC 4343: names are compared without regard to case.
bool is_same_name(std::string_view a, std::string_view b) {
  const auto folded = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  return std::ranges::equal(a, b, {}, folded, folded);
}

bool is_called(const sim::HostConfig& host, std::string_view name) {
  return std::ranges::any_of(host.names, [&](const auto& one) { return is_same_name(one, name); });
}

std::vector<Endpoint> servers_of(const sim::WorldConfig& world, std::string_view host) {
  std::vector<IpAddress> addresses;
  if (const auto address = parse_ip_address(host)) addresses.push_back(*address);
  for (const auto& one : world.hosts) {
    if (!is_called(one, host)) continue;
    addresses.insert(addresses.end(), one.addresses.begin(), one.addresses.end());
  }
  std::vector<Endpoint> servers;
  for (const auto& server : world.servers) {
    const auto& endpoint = server.endpoint;
    const bool is_there = std::ranges::find(addresses, endpoint.address) != addresses.end();
    if (is_there) servers.push_back(endpoint);
  }
  std::ranges::sort(servers, {}, &Endpoint::port);
  return servers;
}

// What a host is called that has servers.
std::string served_names(const sim::WorldConfig& world) {
  std::string names;
  for (const auto& host : world.hosts) {
    if (host.addresses.empty() || servers_of(world, to_string(host.addresses.front())).empty()) {
      continue;
    }
    const auto name = host.names.empty() ? to_string(host.addresses.front()) : host.names.front();
    names += fmt::format("{}{}", names.empty() ? "" : ", ", name);
  }
  return names;
}

}  // namespace

Expected<std::vector<Serving>, SyntaxError> serve_host(const sim::WorldConfig& world,
                                                       std::string_view host, const Endpoint& at) {
  const auto servers = servers_of(world, host);
  if (servers.empty()) {
    return unexpected(SyntaxError{fmt::format("no simulated server is at \"{}\"", host),
                                  fmt::format("one of {}", served_names(world))});
  }
  std::vector<Serving> servings;
  for (const auto& server : servers) {
    auto place = at;
    const auto port = at.port + (server.port - servers.front().port);
    if (at.port != 0 && port > UINT16_MAX) {
      return unexpected(
          SyntaxError{fmt::format("there is no port {} for {}", port, to_string(server)),
                      "a lower port, or port 0 for any that are free"});
    }
    if (at.port != 0) place.port = static_cast<std::uint16_t>(port);
    servings.push_back({server, place});
  }
  return servings;
}

}  // namespace vmodem::net
