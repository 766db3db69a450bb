#include "tools/conform/device/line.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <string_view>
#include <variant>

#include "net/sockets/socket_address.h"

namespace vmodem::conform {
namespace {

using Opened = Expected<net::UniqueFd, BackendError>;

constexpr std::string_view kUnix = "unix:";
constexpr std::string_view kTcp = "tcp://";
constexpr std::string_view kRfc2217 = "rfc2217://";

tl::unexpected<BackendError> failed_at(const std::string& place) {
  return failed(fmt::format("{}: {}", place, std::strerror(errno)));
}

struct Rate {
  unsigned baud;
  speed_t speed;
};
constexpr std::array<Rate, 17> kRates{{{1200, B1200},
{2400, B2400},
{4800, B4800},
{9600, B9600},
{19200, B19200},
{38400, B38400},
{57600, B57600},
{115200, B115200},
{230400, B230400},
{460800, B460800},
{500000, B500000},
{921600, B921600},
{1000000, B1000000},
{1500000, B1500000},
{2000000, B2000000},
{3000000, B3000000},
{4000000, B4000000}}};

Opened open_device(const std::string& path, std::optional<unsigned> baud) {
  net::UniqueFd fd(::open(path.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC));
  if (!fd.is_open()) return failed_at(path);
  termios settings{};
  if (tcgetattr(fd.get(), &settings) != 0) return failed_at(path);
  cfmakeraw(&settings);
  settings.c_cflag |= CLOCAL;
  const auto* rate = baud ? std::ranges::find(kRates, *baud, &Rate::baud) : kRates.end();
  if (rate != kRates.end() && cfsetspeed(&settings, rate->speed) != 0) return failed_at(path);
  if (tcsetattr(fd.get(), TCSANOW, &settings) != 0) return failed_at(path);
  return fd;
}

bool set_nonblocking(int fd) {
  return fcntl(fd, F_SETFL, O_NONBLOCK) == 0;
}

Opened open_name(const std::string& path) {
  if (path.size() >= sizeof(sockaddr_un::sun_path)) return failed(path + ": the path is too long");
  net::UniqueFd fd(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const auto address = net::to_socket_address(net::UnixAddress{path});
  if (connect(fd.get(), address.get(), address.size) != 0) return failed_at(path);
  if (!set_nonblocking(fd.get())) return failed_at(path);
  return fd;
}

Opened open_port(const std::string& place) {
  const auto colon = place.rfind(':');
  if (colon == std::string::npos) return failed(place + ": no port; right: HOST:PORT");
  auto host = place.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int error = getaddrinfo(host.c_str(), place.substr(colon + 1).c_str(), &hints, &found);
  if (error != 0) return failed(fmt::format("{}: {}", place, gai_strerror(error)));

  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> all(found, freeaddrinfo);
  for (const auto* one = all.get(); one != nullptr; one = one->ai_next) {
    net::UniqueFd fd(socket(one->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (connect(fd.get(), one->ai_addr, one->ai_addrlen) != 0) continue;
    const int yes = 1;
    static_cast<void>(setsockopt(fd.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes));
    if (set_nonblocking(fd.get())) return fd;
  }
  return failed_at(place);
}

}  // namespace

std::span<const unsigned> baud_rates() {
  static const auto kBauds = [] {
    std::array<unsigned, kRates.size()> bauds{};
    std::ranges::transform(kRates, bauds.begin(), &Rate::baud);
    return bauds;
  }();
  return kBauds;
}

Expected<Line, BackendError> Line::open(const std::string& place, std::optional<unsigned> baud) {
  const auto behind = [&](std::string_view scheme) { return place.substr(scheme.size()); };
  const bool is_rfc2217 = place.starts_with(kRfc2217);
  auto fd = is_rfc2217                 ? open_port(behind(kRfc2217))
            : place.starts_with(kTcp)  ? open_port(behind(kTcp))
            : place.starts_with(kUnix) ? open_name(behind(kUnix))
                                       : open_device(place, baud);
  if (!fd) return unexpected(fd.error());
  Line line(std::move(*fd), is_rfc2217);
  if (is_rfc2217) {
    if (auto begun = line.begin_rfc2217(baud); !begun) return unexpected(begun.error());
  }
  return Expected<Line, BackendError>(std::move(line));
}

// Octets as they are in both directions, and COM-PORT-OPTION; what else the server proposes is let
// be.
Done Line::begin_rfc2217(std::optional<unsigned> baud) {
  Bytes wanted{255, 251, 0, 255, 253, 0, 255, 251, 44};
  if (baud) {  // SET-BAUDRATE of RFC 2217 §3; no rate of the table has an octet 255
    for (const unsigned octet :
         {255U, 250U, 44U, 1U, *baud >> 24, *baud >> 16, *baud >> 8, *baud, 255U, 240U}) {
      wanted.push_back(static_cast<std::uint8_t>(octet));
    }
  }
  const auto sent = ::send(fd_.get(), wanted.data(), wanted.size(), MSG_NOSIGNAL);
  if (sent != static_cast<ssize_t>(wanted.size())) return failed_at("rfc2217");
  return {};
}

Done Line::read(std::string& octets) {
  std::array<std::uint8_t, 4096> buffer;
  const auto size = ::read(fd_.get(), buffer.data(), buffer.size());
  if (size < 0 && (errno == EAGAIN || errno == EINTR)) return {};
  if (size <= 0) return failed("the modem has hung up");

  const auto heard = ByteView(buffer).first(static_cast<std::size_t>(size));
  if (!is_rfc2217_) {
    octets += as_text(heard);
    return {};
  }
  for (const auto octet : heard) {
    const auto item = telnet_.feed(octet);
    if (const auto* one = std::get_if<net::TelnetOctet>(&item)) {
      octets += static_cast<char>(one->octet);
    }
  }
  return {};
}

Expected<std::size_t, BackendError> Line::send(ByteView octets) {
  const auto sent = ::write(fd_.get(), octets.data(), octets.size());
  if (sent >= 0) return static_cast<std::size_t>(sent);
  if (errno == EAGAIN || errno == EINTR) return 0;
  return failed_at("write to the modem");
}

Expected<std::size_t, BackendError> Line::write(ByteView octets) {
  if (!is_rfc2217_ || octets.empty()) return send(octets);
  if (octets.front() != net::kIac) {
    const auto end = std::ranges::find(octets, net::kIac);
    return send(octets.first(static_cast<std::size_t>(end - octets.begin())));
  }
  // RFC 854: it is doubled, and counts once the second one is out.
  static constexpr std::array<std::uint8_t, 2> kEscaped{net::kIac, net::kIac};
  const auto sent = send(ByteView(kEscaped).subspan(escape_sent_));
  if (!sent) return sent;
  escape_sent_ = (escape_sent_ + *sent) % kEscaped.size();
  return *sent > 0 && escape_sent_ == 0 ? 1 : 0;
}

}  // namespace vmodem::conform
