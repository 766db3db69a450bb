#include "tools/conform/record/speed.h"

#include <fmt/format.h>
#include <sys/socket.h>
#include <termios.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace vmodem::conform {
namespace {

constexpr std::array<std::pair<std::uint32_t, speed_t>, 17> kSpeeds{{{1200, B1200},
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

// RFC 2217, SET-BAUDRATE: four octets, the highest first.
Done ask_for_speed(int fd, std::uint32_t baud) {
  Bytes wanted{net::kIac, 250, 44, 1};
  for (const int shift : {24, 16, 8, 0}) {
    const auto octet = static_cast<std::uint8_t>(baud >> shift);
    wanted.push_back(octet);
    if (octet == net::kIac) wanted.push_back(octet);
  }
  wanted.insert(wanted.end(), {net::kIac, 240});
  const auto sent = ::send(fd, wanted.data(), wanted.size(), MSG_NOSIGNAL);
  if (sent == static_cast<ssize_t>(wanted.size())) return {};
  return failed(fmt::format("rfc2217: {}", std::strerror(errno)));
}

}  // namespace

Done set_speed(const Line& line, const std::string& place, std::uint32_t baud) {
  if (place.starts_with("rfc2217://")) return ask_for_speed(line.fd(), baud);
  termios settings{};
  if (tcgetattr(line.fd(), &settings) != 0) return failed(place + ": a line without a speed");
  const auto* speed = std::ranges::find(kSpeeds, baud, &decltype(kSpeeds)::value_type::first);
  if (speed == kSpeeds.end()) return failed(fmt::format("{}: no speed of {} baud", place, baud));
  cfsetspeed(&settings, speed->second);
  if (tcsetattr(line.fd(), TCSANOW, &settings) == 0) return {};
  return failed(fmt::format("{}: {}", place, std::strerror(errno)));
}

}  // namespace vmodem::conform
