#include "net/capture/pcapng.h"

#include <algorithm>
#include <array>

namespace vmodem::capture {
namespace {

// §4: type and total length in front, total length behind.
constexpr std::size_t kFrameSize = 12;
constexpr std::size_t kLengthOffset = 4;
constexpr std::size_t kAlignment = 4;
constexpr std::size_t kOptionSizeMax = 65535;

constexpr std::uint32_t kSectionType = 0x0A0D0D0A;
constexpr std::uint32_t kInterfaceType = 1;
constexpr std::uint32_t kPacketType = 6;
constexpr std::uint32_t kSecretsType = 10;
constexpr std::uint32_t kByteOrderMagic = 0x1A2B3C4D;
constexpr std::uint32_t kTlsKeyLog = 0x544C534B;
constexpr std::uint8_t kNanoseconds = 9;

// §3.5, §4.1–4.3: the codes of options, of which each block has its own.
constexpr std::uint16_t kEndOfOptions = 0;
constexpr std::uint16_t kComment = 1;
constexpr std::uint16_t kSectionApplication = 4;
constexpr std::uint16_t kInterfaceName = 2;
constexpr std::uint16_t kInterfaceDescription = 3;
constexpr std::uint16_t kInterfaceResolution = 9;
constexpr std::uint16_t kPacketFlags = 2;
constexpr std::uint16_t kPacketId = 5;

// Little-endian, as the magic says.
template <class Integer>
std::array<std::uint8_t, sizeof(Integer)> octets_of(Integer value) {
  std::array<std::uint8_t, sizeof(Integer)> octets{};
  for (auto& octet : octets) {
    octet = static_cast<std::uint8_t>(value & 0xFF);
    if constexpr (sizeof(Integer) > 1) value = static_cast<Integer>(value >> 8);
  }
  return octets;
}

std::uint32_t number_at(ByteView octets, std::size_t offset) {
  std::uint32_t number = 0;
  for (std::size_t i = sizeof number; i > 0; --i) number = number << 8 | octets[offset + i - 1];
  return number;
}

// A block that is being appended; its destructor writes the lengths.
class BlockWriter {
 public:
  BlockWriter(Bytes& out, std::uint32_t type) : out_(out), begin_(out.size()) {
    number(type);
    number(std::uint32_t{0});
  }
  ~BlockWriter() {
    if (has_options_) {
      number(kEndOfOptions);
      number(std::uint16_t{0});
    }
    const auto length =
        octets_of(static_cast<std::uint32_t>(out_.size() - begin_ + sizeof(std::uint32_t)));
    out_.insert(out_.end(), length.begin(), length.end());
    std::ranges::copy(length, out_.begin() + static_cast<std::ptrdiff_t>(begin_ + kLengthOffset));
  }
  BlockWriter(const BlockWriter&) = delete;
  BlockWriter& operator=(const BlockWriter&) = delete;

  template <class Integer>
  void number(Integer value) {
    const auto octets = octets_of(value);
    out_.insert(out_.end(), octets.begin(), octets.end());
  }
  void octets(ByteView octets) {
    out_.insert(out_.end(), octets.begin(), octets.end());
    out_.resize(out_.size() + (kAlignment - octets.size() % kAlignment) % kAlignment);
  }
  void option(std::uint16_t code, ByteView value) {
    const auto kept = value.first(std::min(value.size(), kOptionSizeMax));
    number(code);
    number(static_cast<std::uint16_t>(kept.size()));
    octets(kept);
    has_options_ = true;
  }
  void text_option(std::uint16_t code, std::string_view text) {
    if (!text.empty()) option(code, as_bytes(text));
  }

 private:
  Bytes& out_;
  std::size_t begin_;
  bool has_options_ = false;
};

}  // namespace

void append_section(Bytes& out, std::string_view application) {
  BlockWriter block(out, kSectionType);
  block.number(kByteOrderMagic);
  block.number(std::uint16_t{1});
  block.number(std::uint16_t{0});
  block.number(~std::uint64_t{0});  // of unknown length
  block.text_option(kSectionApplication, application);
}

void append_interface(Bytes& out, const Interface& interface) {
  BlockWriter block(out, kInterfaceType);
  block.number(static_cast<std::uint16_t>(interface.link_type));
  block.number(std::uint16_t{0});
  block.number(std::uint32_t{0});  // packets of any length
  block.text_option(kInterfaceName, interface.name);
  block.text_option(kInterfaceDescription, interface.description);
  block.option(kInterfaceResolution, octets_of(kNanoseconds));
}

void append_packet(Bytes& out, const Packet& packet) {
  BlockWriter block(out, kPacketType);
  const auto at =
      static_cast<std::uint64_t>(std::max(packet.at.time_since_epoch(), Duration::zero()).count());
  const auto size = static_cast<std::uint32_t>(packet.octets.size());
  block.number(static_cast<std::uint32_t>(packet.interface));
  block.number(static_cast<std::uint32_t>(at >> 32));
  block.number(static_cast<std::uint32_t>(at & 0xFFFF'FFFF));
  block.number(size);
  block.number(size);
  block.octets(packet.octets);
  block.text_option(kComment, packet.comment);
  if (packet.direction) {
    block.option(kPacketFlags, octets_of(static_cast<std::uint32_t>(*packet.direction)));
  }
  if (packet.id != 0) block.option(kPacketId, octets_of(packet.id));
}

void append_secrets(Bytes& out, std::string_view key_log) {
  BlockWriter block(out, kSecretsType);
  block.number(kTlsKeyLog);
  block.number(static_cast<std::uint32_t>(key_log.size()));
  block.octets(as_bytes(key_log));
}

std::optional<Block> front_block(ByteView octets) {
  if (octets.size() < kFrameSize) return std::nullopt;
  const std::size_t size = number_at(octets, kLengthOffset);
  if (size < kFrameSize || size % kAlignment != 0 || size > octets.size()) return std::nullopt;
  const auto whole = octets.first(size);
  switch (number_at(octets, 0)) {
    case kSectionType:
      return Block{BlockKind::kSection, whole};
    case kInterfaceType:
      return Block{BlockKind::kInterface, whole};
    case kPacketType:
      return Block{BlockKind::kPacket, whole};
    case kSecretsType:
      return Block{BlockKind::kSecrets, whole};
  }
  return Block{BlockKind::kOther, whole};
}

}  // namespace vmodem::capture
