#include "tools/conform/language/datagram_pattern.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "firmware/base/check.h"
#include "firmware/base/hex.h"

namespace vmodem::conform {
namespace {

constexpr std::size_t kCaptureSizeMax = 1024;

std::size_t parse_size(std::string_view text) {
  std::size_t size = 0;
  const auto* last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, size);
  return error == std::errc{} && end == last && size <= kCaptureSizeMax ? size : 0;
}

}  // namespace

Expected<DatagramPattern::Piece, Fault> DatagramPattern::parse_capture(std::string_view text,
                                                                       CaptureSizes& known) {
  const auto colon = std::min(text.find(':'), text.size());
  const std::string name(text.substr(0, colon));
  const bool has_size = colon < text.size();
  const auto before = known.find(name);
  if (before != known.end() && !has_size) {
    return Piece{.kind = Kind::kCapture, .name = name, .size = before->second};
  }
  if (before != known.end()) {
    return unexpected(Fault{fmt::format("'{}' is captured already", name),
                            fmt::format("{{{}}} to mean it again, or another name", name)});
  }
  const auto size = has_size ? parse_size(text.substr(colon + 1)) : 0;
  if (size == 0 || name.empty()) {
    return unexpected(Fault{fmt::format("'{{{}}}' does not say how many octets it takes", text),
                            "{name:N} at the first use, N from 1 to 1024"});
  }
  known.emplace(name, size);
  return Piece{.kind = Kind::kCapture, .name = name, .size = size, .is_first_use = true};
}

Expected<DatagramPattern, Fault> DatagramPattern::parse(std::string_view text,
                                                        CaptureSizes& known) {
  DatagramPattern pattern;
  while (!text.empty()) {
    if (text[0] == ' ') {
      text.remove_prefix(1);
      continue;
    }
    if (text[0] == '{') {
      const auto end = text.find('}');
      if (end == std::string_view::npos) return unexpected(Fault{"a '{' without '}'", "{name:N}"});
      auto piece = parse_capture(text.substr(1, end - 1), known);
      if (!piece) return unexpected(piece.error());
      pattern.pieces_.push_back(std::move(*piece));
      text.remove_prefix(end + 1);
      continue;
    }
    const auto two = text.substr(0, 2);
    const auto octet = from_hex(two);
    if (two == "??") {
      pattern.pieces_.push_back({.kind = Kind::kAny});
    } else if (octet && octet->size() == 1) {
      pattern.pieces_.push_back({.kind = Kind::kOctet, .octet = octet->front()});
    } else {
      return unexpected(Fault{fmt::format("'{}' is no octet", two),
                              "two hex digits, ?? or {name:N}, blanks between octets only"});
    }
    text.remove_prefix(2);
  }
  return pattern;
}

bool DatagramPattern::match(ByteView datagram, Captures& captures) const {
  Captures found;
  for (const auto& piece : pieces_) {
    if (datagram.size() < piece.size) return false;
    const auto octets = datagram.first(piece.size);
    datagram = datagram.subspan(piece.size);
    if (piece.kind == Kind::kAny) continue;
    if (piece.kind == Kind::kOctet) {
      if (octets[0] != piece.octet) return false;
      continue;
    }
    if (piece.is_first_use) {
      found[piece.name] = Bytes(octets.begin(), octets.end());
      continue;
    }
    const auto& known = found.contains(piece.name) ? found : captures;
    const auto before = known.find(piece.name);
    BG_CHECK(before != known.end(), "a step that does not capture ends the run");
    if (!std::ranges::equal(before->second, octets)) return false;
  }
  if (!datagram.empty()) return false;
  captures.merge(found);
  return true;
}

bool DatagramPattern::is_definite() const {
  return std::ranges::none_of(
      pieces_, [](const Piece& piece) { return piece.kind == Kind::kAny || piece.is_first_use; });
}

Bytes DatagramPattern::render(const Captures& captures) const {
  Bytes datagram;
  for (const auto& piece : pieces_) {
    if (piece.kind == Kind::kOctet) {
      datagram.push_back(piece.octet);
      continue;
    }
    const auto captured = captures.find(piece.name);
    BG_CHECK(captured != captures.end(), "the parser refuses to send what nobody has said");
    datagram.insert(datagram.end(), captured->second.begin(), captured->second.end());
  }
  return datagram;
}

}  // namespace vmodem::conform
