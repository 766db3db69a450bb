#include "tools/benchmark/floor/udp_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace vmodem::benchmark {
namespace {

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

// One that nobody uses just now.
Expected<std::uint16_t, std::string> free_udp_port() {
  const net::UniqueFd fd(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  auto address = loopback(0);
  socklen_t size = sizeof address;
  if (::bind(fd.get(), reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      ::getsockname(fd.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    return unexpected(std::string("no UDP port is free"));
  }
  return ntohs(address.sin_port);
}

bool wait_until_served(UdpClient& client) {
  for (int attempt = 0; attempt < 200; ++attempt) {
    if (client.get(0)) return true;
    ::usleep(10'000);  // a refused port answers at once
  }
  return false;
}

}  // namespace

Expected<UdpClient, std::string> UdpClient::open(std::uint16_t port) {
  net::UniqueFd fd(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  const auto address = loopback(port);
  const timeval patience{.tv_sec = 0, .tv_usec = 200'000};
  if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::setsockopt(fd.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) != 0) {
    return unexpected(std::string("no UDP socket"));
  }
  return UdpClient(std::move(fd));
}

bool UdpClient::get(std::uint16_t message_id) {
  const std::uint8_t request[] = {0x40,
                                  0x01,
                                  static_cast<std::uint8_t>(message_id >> 8),
                                  static_cast<std::uint8_t>(message_id),
                                  0xb2,
                                  0x31,
                                  0x39};
  std::uint8_t answer[2048];
  return ::send(fd_.get(), request, sizeof request, 0) > 0 &&
         ::recv(fd_.get(), answer, sizeof answer, 0) > 0;
}

Expected<CoapServer, std::string> start_coap_server(const std::string& program,
                                                    const std::vector<std::string>& options) {
  const auto port = free_udp_port();
  if (!port) return unexpected(port.error());
  std::vector<std::string> arguments{program, "-A", "127.0.0.1", "-p", std::to_string(*port)};
  arguments.insert(arguments.end(), options.begin(), options.end());
  auto process = Process::start(std::move(arguments));
  if (!process) return unexpected(process.error());
  auto client = UdpClient::open(*port);
  if (!client) return unexpected(client.error());
  if (!wait_until_served(*client)) return unexpected(program + " is silent");
  return CoapServer{std::move(*process), *port};
}

}  // namespace vmodem::benchmark
