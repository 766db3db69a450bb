// A capture as pcapng (draft-ietf-opsawg-pcapng), the form that Wireshark reads: blocks as octets,
// each of them whole.
//
// In:  packets, instants, names of interfaces, secrets.
// Out: octets of a section.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "firmware/base/bytes.h"
#include "firmware/base/time.h"

namespace vmodem::capture {

// What the packets of an interface begin with (tcpdump.org/linktypes.html).
enum class LinkType : std::uint16_t {
  kRaw = 101,       // an IPv4 or IPv6 header
  kUpperPdu = 252,  // tags that name the dissector (exported_pdu.h)
};

struct Interface {
  std::string_view name;
  std::string_view description;
  LinkType link_type;
};

// Interfaces count from 0 in the order of their blocks in the section.
enum class InterfaceId : std::uint32_t {};

// §4.3.1, epb_flags: as the owner of the interface sees it.
enum class Direction : std::uint8_t { kInbound = 1, kOutbound = 2 };

struct Packet {
  InterfaceId interface;
  CalendarTime at;  // not before 1970
  ByteView octets;
  std::optional<Direction> direction{};
  std::uint64_t id = 0;           // epb_packetid, which Wireshark shows; 0: none
  std::string_view comment = {};  // UTF-8; empty: none
};

// Each appends one block to `out`. What is longer than an option holds, 65535 octets, is cut.

// §4.1, with which a capture begins.
void append_section(Bytes& out, std::string_view application);
// §4.2, in nanoseconds; above the first packet of the interface.
void append_interface(Bytes& out, const Interface& interface);
// §4.3.
void append_packet(Bytes& out, const Packet& packet);
// §4.7: lines of an NSS key log; above the first packet that they decrypt.
void append_secrets(Bytes& out, std::string_view key_log);

enum class BlockKind : std::uint8_t { kSection, kInterface, kPacket, kSecrets, kOther };
struct Block {
  BlockKind kind;
  ByteView octets;
};
// The first block of `octets`; nothing where it is not whole.
[[nodiscard]] std::optional<Block> front_block(ByteView octets);

}  // namespace vmodem::capture
