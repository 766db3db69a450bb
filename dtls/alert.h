// Alert descriptions by the names the RFCs give them.
#pragma once

#include <cstdint>
#include <string_view>

namespace vmodem::dtls {

inline constexpr std::uint8_t kAlertCloseNotify = 0;
inline constexpr std::uint8_t kAlertBadRecordMac = 20;
inline constexpr std::uint8_t kAlertHandshakeFailure = 40;
inline constexpr std::uint8_t kAlertDecryptError = 51;
inline constexpr std::uint8_t kAlertProtocolVersion = 70;
inline constexpr std::uint8_t kAlertUnknownPskIdentity = 115;

// "handshake_failure"; "unassigned" for a number no RFC names.
[[nodiscard]] std::string_view alert_name(std::uint8_t description);

}  // namespace vmodem::dtls
