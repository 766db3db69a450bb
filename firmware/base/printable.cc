#include "firmware/base/printable.h"

#include <fmt/format.h>

#include <algorithm>

namespace vmodem {
namespace {

bool continues(char c) {
  return (c & 0xC0) == 0x80;
}

// RFC 3629 §3: the octets of the character at the beginning; 0 where there is none.
std::size_t character_size(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  const std::size_t size = first < 0x80   ? 1
                           : first < 0xC2 ? 0
                           : first < 0xE0 ? 2
                           : first < 0xF0 ? 3
                           : first < 0xF5 ? 4
                                          : 0;
  if (size > text.size()) return 0;
  return std::all_of(text.begin() + 1, text.begin() + static_cast<std::ptrdiff_t>(size), continues)
             ? size
             : 0;
}

// C0, DEL and C1 of ISO/IEC 6429; in UTF-8 C1 begins with C2 and has 80–9F behind it.
bool is_control(std::string_view character) {
  const auto last = static_cast<unsigned char>(character.back());
  if (character.size() == 1) return last < 0x20 || last == 0x7F;
  return character.size() == 2 && character[0] == '\xC2' && last < 0xA0;
}

std::string without_middle(std::string_view text, std::size_t size_max) {
  if (text.size() <= size_max) return std::string(text);
  auto head = size_max / 2;
  auto tail = text.size() - size_max / 2;
  while (head > 0 && continues(text[head])) --head;
  while (tail < text.size() && continues(text[tail])) ++tail;
  return fmt::format("{}…{}", text.substr(0, head), text.substr(tail));
}

}  // namespace

std::string printable(std::string_view text, std::size_t size_max) {
  const auto kept = without_middle(text, size_max);
  std::string shown;
  for (std::string_view rest = kept; !rest.empty();) {
    const auto size = character_size(rest);
    const auto character = rest.substr(0, std::max<std::size_t>(size, 1));
    if (size > 0 && !is_control(character)) {
      shown += character;
    } else {
      for (const char c : character) {
        shown += fmt::format("\\x{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
      }
    }
    rest.remove_prefix(character.size());
  }
  return shown;
}

}  // namespace vmodem
