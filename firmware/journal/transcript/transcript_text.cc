#include "firmware/journal/transcript/transcript_text.h"

#include <fmt/format.h>

#include "coap_core/codec.h"
#include "firmware/base/hex.h"

namespace vmodem::transcript {
namespace {

constexpr std::size_t kHeaderSize = 4;

// RFC 7252 §3.1: nibbles of 13 and 14 are followed by one and two octets.
std::size_t option_header_size(ByteView option) {
  const auto extension_size = [](unsigned nibble) { return nibble < 13 ? 0U : nibble - 12U; };
  return 1 + extension_size(option[0] >> 4) + extension_size(option[0] & 0x0F);
}

}  // namespace

std::string escape(std::string_view octets) {
  std::string text;
  for (const char c : octets) {
    const auto octet = static_cast<unsigned char>(c);
    if (c == '\r') {
      text += "\\r";
    } else if (c == '\n') {
      text += "\\n";
    } else if (c == '\\') {
      text += "\\\\";
    } else if (octet < 0x20 || octet > 0x7E) {
      text += fmt::format("\\x{:02X}", octet);
    } else {
      text += c;
    }
  }
  // An editor would strip it.
  if (text.ends_with(' ')) text.replace(text.size() - 1, 1, "\\x20");
  return text;
}

std::string to_pattern_text(ByteView datagram) {
  const auto message = coap::decode(datagram);
  if (!message) return to_hex_lower(datagram);

  auto text =
      fmt::format("{} {} {}", to_hex_lower(datagram.first(1)), to_hex_lower(datagram.subspan(1, 1)),
                  to_hex_lower(datagram.subspan(2, 2)));
  const auto token = message->token.view();
  if (!token.empty()) text += "  " + to_hex_lower(token);
  auto rest = datagram.subspan(kHeaderSize + token.size());
  for (const auto& option : message->options) {
    const auto header_size = option_header_size(rest);
    text += "  " + to_hex_lower(rest.first(header_size));
    if (!option.value.empty()) text += " " + to_hex_lower(option.value);
    rest = rest.subspan(header_size + option.value.size());
  }
  if (rest.empty()) return text;
  return text + fmt::format("  {} {}", to_hex_lower(rest.first(1)), to_hex_lower(rest.subspan(1)));
}

}  // namespace vmodem::transcript
