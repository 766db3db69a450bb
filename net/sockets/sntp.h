// SNTP version 4, the client's side (RFC 4330).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "firmware/base/bytes.h"
#include "firmware/base/expected.h"
#include "firmware/base/time.h"

namespace vmodem::net {

// RFC 4330 §4: the header, without authenticator.
inline constexpr std::size_t kSntpSize = 48;
using SntpRequest = std::array<std::uint8_t, kSntpSize>;

// `mark` takes the place of the client's own time, which nobody needs to know; the server returns
// it.
[[nodiscard]] SntpRequest make_sntp_request(std::uint64_t mark);

// The time now, when the answer has come `round_trip` after its request, or one phrase why it is no
// answer to that request.
[[nodiscard]] Expected<CalendarTime, std::string> read_sntp_reply(ByteView reply,
                                                                  std::uint64_t mark,
                                                                  Duration round_trip);

}  // namespace vmodem::net
