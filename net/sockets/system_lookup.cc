#include "net/sockets/system_lookup.h"

#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <nss.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <mutex>

namespace vmodem::net {
namespace {

struct AddressListDeleter {
  void operator()(addrinfo* list) const { ::freeaddrinfo(list); }
};
using AddressList = std::unique_ptr<addrinfo, AddressListDeleter>;

std::optional<IpAddress> to_address(const addrinfo& entry) {
  if (entry.ai_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, entry.ai_addr, sizeof v4);
    std::array<std::uint8_t, 4> octets{};
    std::memcpy(octets.data(), &v4.sin_addr, octets.size());
    return IpAddress::v4(octets);
  }
  if (entry.ai_family == AF_INET6) {
    sockaddr_in6 v6{};
    std::memcpy(&v6, entry.ai_addr, sizeof v6);
    IpAddress::Octets octets{};
    std::memcpy(octets.data(), &v6.sin6_addr, octets.size());
    return IpAddress(octets);
  }
  return std::nullopt;
}

// RFC 6761 §6.3: these names mean this machine also where no hosts file says so, as in a bare root.
bool is_localhost(std::string name) {
  std::ranges::transform(name, name.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return name == "localhost" || name.ends_with(".localhost");
}

LookupResult look_up(const std::string& name, NetworkMode mode) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_DGRAM;
  addrinfo* raw = nullptr;
  const int fault = ::getaddrinfo(name.c_str(), nullptr, &hints, &raw);
  const AddressList list(raw);
  if (fault != 0 && is_localhost(name)) return std::vector{IpAddress::v4({127, 0, 0, 1})};
  if (fault != 0) {
    const std::string_view where =
        mode == NetworkMode::kLoopback ? " (hosts file only: --network host asks DNS)" : "";
    return unexpected(fmt::format("{}: {}{}", name, ::gai_strerror(fault), where));
  }
  std::vector<IpAddress> addresses;
  for (const addrinfo* entry = list.get(); entry != nullptr; entry = entry->ai_next) {
    const auto address = to_address(*entry);
    if (address && std::ranges::find(addresses, *address) == addresses.end()) {
      addresses.push_back(*address);
    }
  }
  return addresses;
}

}  // namespace

Lookup system_lookup(NetworkMode mode) {
  return [mode](const std::string& name) {
    static std::once_flag once;
    // Takes nsswitch.conf and nscd out of the way, so that no back end can send a query.
    if (mode == NetworkMode::kLoopback) {
      std::call_once(once, [] { ::__nss_configure_lookup("hosts", "files"); });
    }
    return look_up(name, mode);
  };
}

}  // namespace vmodem::net
