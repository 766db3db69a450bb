#include "net/sockets/sntp.h"

#include <algorithm>

namespace vmodem::net {
namespace {

// RFC 4330 §4, figure 1.
constexpr std::size_t kOriginate = 24;
constexpr std::size_t kReceive = 32;
constexpr std::size_t kTransmit = 40;

constexpr std::uint8_t kClientVersion4 = 4 << 3 | 3;
constexpr std::uint8_t kServerMode = 4;
constexpr std::uint8_t kNotSynchronised = 3;
constexpr std::uint8_t kStratumMax = 15;

std::uint64_t read_64(ByteView message, std::size_t position) {
  std::uint64_t value = 0;
  for (const auto octet : message.subspan(position, 8)) value = value << 8 | octet;
  return value;
}

// RFC 4330 §3: seconds since 1900 with 32 binary places; from 2036 on the first bit is 0 again.
CalendarTime to_calendar(std::uint64_t timestamp) {
  constexpr std::int64_t kFrom1900To1970 = 2208988800;
  constexpr std::int64_t kEra = std::int64_t{1} << 32;
  const auto seconds = static_cast<std::int64_t>(timestamp >> 32);
  const bool is_second_era = timestamp >> 63 == 0;
  const auto fraction = (timestamp & 0xFFFFFFFF) * 1'000'000'000 >> 32;
  return CalendarTime(std::chrono::seconds(seconds - kFrom1900To1970 + (is_second_era ? kEra : 0)) +
                      Duration(fraction));
}

}  // namespace

SntpRequest make_sntp_request(std::uint64_t mark) {
  SntpRequest request{kClientVersion4};
  for (std::size_t i = 0; i < 8; ++i) {
    request[kTransmit + i] = static_cast<std::uint8_t>(mark >> (56 - 8 * i));
  }
  return request;
}

Expected<CalendarTime, std::string> read_sntp_reply(ByteView reply, std::uint64_t mark,
                                                    Duration round_trip) {
  if (reply.size() < kSntpSize) return unexpected(std::string("the answer is too short"));
  if (read_64(reply, kOriginate) != mark) {
    return unexpected(std::string("the answer is to another request"));
  }
  // RFC 4330 §5: what else a client checks.
  const auto stratum = reply[1];
  if ((reply[0] & 7) != kServerMode) return unexpected(std::string("no server has answered"));
  if (reply[0] >> 6 == kNotSynchronised || stratum == 0 || stratum > kStratumMax) {
    return unexpected(std::string("the server has no time to give"));
  }
  const auto sent = read_64(reply, kTransmit);
  if (sent == 0) return unexpected(std::string("the server has told no time"));

  const auto held = to_calendar(sent) - to_calendar(read_64(reply, kReceive));
  const auto under_way = std::clamp(round_trip - held, Duration{}, round_trip);
  return to_calendar(sent) + under_way / 2;
}

}  // namespace vmodem::net
