#include "firmware/configuration/internet/config.h"

#include <fmt/format.h>

#include <algorithm>

#include "net/sim/description/ready_worlds.h"

namespace vmodem::app {
namespace {

using net::SyntaxError;
using sim::HostConfig;
using sim::ServerConfig;
using sim::WorldConfig;

// What configurations call the shipped servers.
struct ShippedName {
  std::string_view endpoint;
  std::string_view name;
};
constexpr ShippedName kShippedNames[] = {
    {"220.180.239.212:8028", "note"},
    {"198.51.100.84:5684", "leshan"},
    {"198.51.100.7:5683", "coap-sim"},
    {"198.51.100.7:5684", "coap-sim-dtls"},
};

std::string shipped_server_name(const net::Endpoint& endpoint) {
  auto text = net::to_string(endpoint);
  const auto* known = std::ranges::find(kShippedNames, text, &ShippedName::endpoint);
  return known == std::end(kShippedNames) ? text : std::string(known->name);
}

// The first name, in characters that a key of TOML has without quotes.
std::string shipped_host_name(const HostConfig& host) {
  auto name = host.names.empty() ? to_string(host.addresses.front()) : host.names.front();
  std::ranges::replace_if(
      name, [](char c) { return c == '.' || c == ':'; }, '-');
  return name;
}

// RFC 4343: names are compared without regard to case.
bool is_same_name(std::string_view a, std::string_view b) {
  const auto folded = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  return std::ranges::equal(a, b, {}, folded, folded);
}

bool has_address(const HostConfig& host, const net::IpAddress& address) {
  return std::ranges::find(host.addresses, address) != host.addresses.end();
}

// The name that both have, or null.
const std::string* common_name(const std::vector<std::string>& some,
                               const std::vector<std::string>& others) {
  const auto found = std::ranges::find_if(some, [&](const std::string& name) {
    return std::ranges::any_of(others,
                               [&](const std::string& other) { return is_same_name(name, other); });
  });
  return found == some.end() ? nullptr : &*found;
}

HostConfig* host_at(WorldConfig& world, const net::IpAddress& address) {
  const auto host = std::ranges::find_if(
      world.hosts, [&](const HostConfig& one) { return has_address(one, address); });
  return host == world.hosts.end() ? nullptr : &*host;
}

void take_names(WorldConfig& world, const std::vector<std::string>& names) {
  for (auto& host : world.hosts) {
    std::erase_if(host.names, [&](const std::string& one) {
      return std::ranges::any_of(names, [&](const auto& name) { return is_same_name(name, one); });
    });
  }
}

void add_host(WorldConfig& world, const HostConfig& host) {
  std::erase_if(world.hosts, [&](const HostConfig& one) {
    return std::ranges::any_of(host.addresses,
                               [&](const auto& address) { return has_address(one, address); });
  });
  take_names(world, host.names);
  world.hosts.push_back(host);
}

void add_server(WorldConfig& world, const ServerEntry& server) {
  const auto& endpoint = server.config.endpoint;
  std::erase_if(world.servers, [&](const ServerConfig& one) { return one.endpoint == endpoint; });
  world.servers.push_back(server.config);
  if (host_at(world, endpoint.address) == nullptr) {
    world.hosts.push_back({.addresses = {endpoint.address}});
  }
  take_names(world, server.host_names);
  auto& names = host_at(world, endpoint.address)->names;
  names.insert(names.end(), server.host_names.begin(), server.host_names.end());
}

SyntaxError taken_name(std::string_view called, const std::string& name, std::string_view by) {
  return {fmt::format("{}: \"{}\" leads to {} already", called, name, by),
          "a name that leads to one place"};
}

template <class Entry>
std::optional<Entry> find_entry(const std::vector<Entry>& entries, std::string_view name) {
  const auto entry = std::ranges::find(entries, name, &Entry::name);
  if (entry == entries.end()) return std::nullopt;
  return *entry;
}

template <class Entry>
void put_entry(std::vector<Entry>& entries, Entry entry) {
  const auto there = std::ranges::find(entries, entry.name, &Entry::name);
  if (there == entries.end()) {
    entries.push_back(std::move(entry));
  } else {
    *there = std::move(entry);
  }
}

}  // namespace

WorldConfig InternetConfig::world() const {
  auto world = shipped ? sim::ready_world() : WorldConfig{};
  world.calendar_start = calendar_start;
  world.unknown_name_delay = unknown_name_delay;
  world.datagrams_max = datagrams_max;
  for (const auto& host : hosts) add_host(world, host.config);
  for (const auto& server : servers) add_server(world, server);
  return world;
}

sim::WorldSource InternetConfig::source() const {
  const bool acts_alone = std::ranges::any_of(
      servers, [](const ServerEntry& server) { return server.config.acts_alone(); });
  return {[this] { return world(); }, acts_alone};
}

InternetConfig shipped_internet() {
  const auto world = sim::ready_world();
  InternetConfig internet{.shipped = false};
  for (const auto& server : world.servers) {
    ServerEntry entry{shipped_server_name(server.endpoint), {}, server};
    for (const auto& host : world.hosts) {
      if (has_address(host, server.endpoint.address)) entry.host_names = host.names;
    }
    internet.servers.push_back(std::move(entry));
  }
  for (const auto& host : world.hosts) {
    const bool has_server = std::ranges::any_of(world.servers, [&](const ServerConfig& server) {
      return has_address(host, server.endpoint.address);
    });
    if (!has_server) internet.hosts.push_back({shipped_host_name(host), host});
  }
  return internet;
}

std::optional<ServerEntry> find_server(const InternetConfig& internet, std::string_view name) {
  auto own = find_entry(internet.servers, name);
  return own ? std::move(own) : find_entry(shipped_internet().servers, name);
}

std::optional<HostEntry> find_host(const InternetConfig& internet, std::string_view name) {
  auto own = find_entry(internet.hosts, name);
  return own ? std::move(own) : find_entry(shipped_internet().hosts, name);
}

std::optional<SyntaxError> conflict(const InternetConfig& internet, const ServerEntry& server) {
  const auto called = fmt::format("servers.{}", server.name);
  const auto& endpoint = server.config.endpoint;
  if (endpoint.port == 0) {
    return SyntaxError{fmt::format("{}: there is no address", called),
                       "address = \"198.51.100.9:5683\" or another one"};
  }
  for (const auto& other : internet.servers) {
    if (other.name == server.name) continue;
    if (other.config.endpoint == endpoint) {
      return SyntaxError{fmt::format("{}.address: {} is where servers.{} is", called,
                                     to_string(endpoint), other.name),
                         "an address and port of its own"};
    }
    const auto* name = common_name(server.host_names, other.host_names);
    if (name != nullptr && other.config.endpoint.address != endpoint.address) {
      return taken_name(called, *name, "servers." + other.name);
    }
  }
  for (const auto& host : internet.hosts) {
    const auto* name = common_name(server.host_names, host.config.names);
    if (name != nullptr && !has_address(host.config, endpoint.address)) {
      return taken_name(called, *name, "hosts." + host.name);
    }
  }
  return std::nullopt;
}

std::optional<SyntaxError> conflict(const InternetConfig& internet, const HostEntry& host) {
  const auto called = fmt::format("hosts.{}", host.name);
  for (const auto& other : internet.hosts) {
    if (other.name == host.name) continue;
    for (const auto& address : host.config.addresses) {
      if (!has_address(other.config, address)) continue;
      return SyntaxError{fmt::format("{}.addresses: {} is one of hosts.{}", called,
                                     to_string(address), other.name),
                         "addresses of its own"};
    }
    const auto* name = common_name(host.config.names, other.config.names);
    if (name != nullptr) return taken_name(called, *name, "hosts." + other.name);
  }
  for (const auto& server : internet.servers) {
    const auto* name = common_name(host.config.names, server.host_names);
    if (name != nullptr && !has_address(host.config, server.config.endpoint.address)) {
      return taken_name(called, *name, "servers." + server.name);
    }
  }
  return std::nullopt;
}

void put(InternetConfig& internet, ServerEntry server) {
  put_entry(internet.servers, std::move(server));
}

void put(InternetConfig& internet, HostEntry host) {
  put_entry(internet.hosts, std::move(host));
}

}  // namespace vmodem::app
