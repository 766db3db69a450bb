#include "net/capture/exported_pdu.h"

namespace vmodem::capture {
namespace {

enum class Tag : std::uint16_t {
  kEnd = 0,
  kDissectorName = 12,
  kIpv4Source = 20,
  kIpv4Destination = 21,
  kIpv6Source = 22,
  kIpv6Destination = 23,
  kPortType = 24,
  kSourcePort = 25,
  kDestinationPort = 26,
};
constexpr std::uint32_t kUdpPort = 3;
constexpr std::size_t kTagAlignment = 4;
constexpr std::size_t kIpv4Offset = 12;  // RFC 4291 §2.5.5.2

void append_tag(Bytes& out, Tag tag, ByteView value) {
  const auto size = (value.size() + kTagAlignment - 1) / kTagAlignment * kTagAlignment;
  const auto number = static_cast<std::uint16_t>(tag);
  out.push_back(static_cast<std::uint8_t>(number >> 8));
  out.push_back(static_cast<std::uint8_t>(number & 0xFF));
  out.push_back(static_cast<std::uint8_t>(size >> 8 & 0xFF));
  out.push_back(static_cast<std::uint8_t>(size & 0xFF));
  out.insert(out.end(), value.begin(), value.end());
  out.resize(out.size() + size - value.size());
}

void append_number(Bytes& out, Tag tag, std::uint32_t value) {
  const std::uint8_t octets[] = {
      static_cast<std::uint8_t>(value >> 24), static_cast<std::uint8_t>(value >> 16 & 0xFF),
      static_cast<std::uint8_t>(value >> 8 & 0xFF), static_cast<std::uint8_t>(value & 0xFF)};
  append_tag(out, tag, octets);
}

void append_octets(Bytes& out, ByteView octets) {
  append_tag(out, Tag::kEnd, {});
  out.insert(out.end(), octets.begin(), octets.end());
}

}  // namespace

void append_exported_pdu(Bytes& out, std::string_view dissector, ByteView octets) {
  append_tag(out, Tag::kDissectorName, as_bytes(dissector));
  append_octets(out, octets);
}

void append_exported_pdu(Bytes& out, std::string_view dissector, const Ends& ends,
                         ByteView octets) {
  const bool is_v4 = ends.from.address.is_v4() && ends.to.address.is_v4();
  const auto octets_of = [is_v4](const net::Endpoint& end) {
    return ByteView(end.address.octets()).subspan(is_v4 ? kIpv4Offset : 0);
  };
  append_tag(out, Tag::kDissectorName, as_bytes(dissector));
  append_tag(out, is_v4 ? Tag::kIpv4Source : Tag::kIpv6Source, octets_of(ends.from));
  append_tag(out, is_v4 ? Tag::kIpv4Destination : Tag::kIpv6Destination, octets_of(ends.to));
  append_number(out, Tag::kPortType, kUdpPort);
  append_number(out, Tag::kSourcePort, ends.from.port);
  append_number(out, Tag::kDestinationPort, ends.to.port);
  append_octets(out, octets);
}

}  // namespace vmodem::capture
