#include "dtls/flight.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "dtls/record.h"

namespace vmodem::dtls {
namespace {

// RFC 5246 §7.4, RFC 6347 §4.3.2.
constexpr std::array<std::pair<std::uint8_t, std::string_view>, 12> kHandshakeNames{{
    {0, "HelloRequest"},
    {1, "ClientHello"},
    {2, "ServerHello"},
    {3, "HelloVerifyRequest"},
    {4, "NewSessionTicket"},
    {11, "Certificate"},
    {12, "ServerKeyExchange"},
    {13, "CertificateRequest"},
    {14, "ServerHelloDone"},
    {15, "CertificateVerify"},
    {16, "ClientKeyExchange"},
    {20, "Finished"},
}};

std::string_view handshake_name(const Record& record) {
  if (!record.is_clear || record.fragment.empty()) return "encrypted handshake";
  const auto type = record.fragment[0];
  const auto* const found =
      std::ranges::find(kHandshakeNames, type, [](const auto& entry) { return entry.first; });
  return found == kHandshakeNames.end() ? "unknown handshake" : found->second;
}

std::string_view record_name(const Record& record) {
  switch (record.type) {
    case ContentType::kChangeCipherSpec:
      return "ChangeCipherSpec";
    case ContentType::kAlert:
      return record.is_clear ? "alert" : "encrypted alert";
    case ContentType::kHandshake:
      return handshake_name(record);
    case ContentType::kApplicationData:
      break;
  }
  return {};
}

}  // namespace

std::string describe_flight(ByteView datagram) {
  std::string text;
  while (const auto record = next_record(datagram)) {
    const auto name = record_name(*record);
    if (name.empty()) return {};
    if (!text.empty()) text += ", ";
    text += name;
  }
  return text;
}

}  // namespace vmodem::dtls
