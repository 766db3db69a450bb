#include "dtls/alert.h"

#include <algorithm>
#include <iterator>

namespace vmodem::dtls {
namespace {

struct AlertName {
  std::uint8_t description;
  std::string_view name;
};

// RFC 5246 §7.2; 110 to 114 RFC 6066 §9; 115 RFC 4279 §2; 86 RFC 7507 §4; 116 RFC 8446 §6; 120
// RFC 7301 §3.2; 21, 41 and 60 are of older versions.
constexpr AlertName kAlertNames[] = {
    {kAlertCloseNotify, "close_notify"},
    {10, "unexpected_message"},
    {kAlertBadRecordMac, "bad_record_mac"},
    {21, "decryption_failed"},
    {22, "record_overflow"},
    {30, "decompression_failure"},
    {kAlertHandshakeFailure, "handshake_failure"},
    {41, "no_certificate"},
    {42, "bad_certificate"},
    {43, "unsupported_certificate"},
    {44, "certificate_revoked"},
    {45, "certificate_expired"},
    {46, "certificate_unknown"},
    {47, "illegal_parameter"},
    {48, "unknown_ca"},
    {49, "access_denied"},
    {50, "decode_error"},
    {kAlertDecryptError, "decrypt_error"},
    {60, "export_restriction"},
    {kAlertProtocolVersion, "protocol_version"},
    {71, "insufficient_security"},
    {80, "internal_error"},
    {86, "inappropriate_fallback"},
    {90, "user_canceled"},
    {100, "no_renegotiation"},
    {110, "unsupported_extension"},
    {111, "certificate_unobtainable"},
    {112, "unrecognized_name"},
    {113, "bad_certificate_status_response"},
    {114, "bad_certificate_hash_value"},
    {kAlertUnknownPskIdentity, "unknown_psk_identity"},
    {116, "certificate_required"},
    {120, "no_application_protocol"},
};
static_assert(std::ranges::is_sorted(kAlertNames, {}, &AlertName::description));

}  // namespace

std::string_view alert_name(std::uint8_t description) {
  const auto found = std::ranges::find(kAlertNames, description, &AlertName::description);
  return found == std::end(kAlertNames) ? "unassigned" : found->name;
}

}  // namespace vmodem::dtls
