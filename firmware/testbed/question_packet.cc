#include "firmware/testbed/question_packet.h"

#include <algorithm>

#include "firmware/base/overloaded.h"

namespace vmodem::testbed {
namespace {

constexpr std::size_t kDnsHeaderSize = 12;   // RFC 1035 §4.1.1
constexpr std::size_t kDnsQuestionSize = 6;  // beside the name: its two ends, type and class
constexpr std::size_t kDnsRecordSize = 28;   // RFC 3596 §2.2: an IPv6 address
constexpr std::size_t kIcmpHeaderSize = 8;   // RFC 792
constexpr std::size_t kNtpPacketSize = 48;   // RFC 5905 §7.3

std::size_t size_of(const sim::Query& query) {
  return std::visit(
      Overloaded{[](const sim::NameQuery& name) {
                   return kDnsHeaderSize + kDnsQuestionSize + name.name.size();
                 },
                 [](const sim::PingQuery& ping) { return kIcmpHeaderSize + ping.size; },
                 [](const sim::TimeQuery&) { return kNtpPacketSize; }},
      query);
}

// In every octet, so that a change of any shows.
Bytes numbered(sim::QueryId id, std::size_t size) {
  Bytes octets(std::max(size, sizeof(std::uint32_t)));
  for (std::size_t i = 0; i < octets.size(); ++i) {
    octets[i] = static_cast<std::uint8_t>(static_cast<std::uint32_t>(id) >> 8 * (i % 4));
  }
  return octets;
}

}  // namespace

Bytes question_packet(sim::QueryId id, const sim::Query& query) {
  return numbered(id, size_of(query));
}

Bytes answer_packet(sim::QueryId id, const sim::Query& query, const WorldAnswer& answer) {
  const auto* name = std::get_if<sim::NameAnswer>(&answer);
  const auto records = name == nullptr ? 0 : name->addresses.size() * kDnsRecordSize;
  return numbered(id, size_of(query) + records);
}

std::optional<sim::QueryId> question_in(ByteView packet) {
  if (packet.size() < sizeof(std::uint32_t)) return std::nullopt;
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < sizeof number; ++i) number |= std::uint32_t{packet[i]} << 8 * i;
  const sim::QueryId id{number};
  if (!std::ranges::equal(packet, numbered(id, packet.size()))) return std::nullopt;
  return id;
}

}  // namespace vmodem::testbed
