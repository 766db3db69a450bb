#include "tools/conform/language/text_pattern.h"

#include <fmt/format.h>

#include <algorithm>

#include "firmware/base/check.h"
#include "firmware/base/hex.h"

namespace vmodem::conform {
namespace {

// What a '{' at the front of `text` names, or nothing where it is a brace and no more.
std::string_view capture_name(std::string_view text) {
  const auto end = text.find('}');
  if (end == std::string_view::npos || end == 1) return {};
  const auto name = text.substr(1, end - 1);
  const bool is_name = std::ranges::all_of(
      name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
  return is_name ? name : std::string_view{};
}

}  // namespace

Expected<std::string, Fault> unescape(std::string_view text) {
  std::string octets;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      octets += text[i];
      continue;
    }
    const char kind = i + 1 < text.size() ? text[i + 1] : '\0';
    const auto octet = kind == 'x' ? from_hex(text.substr(i + 2, 2)) : std::nullopt;
    if (kind == 'r') {
      octets += '\r';
    } else if (kind == 'n') {
      octets += '\n';
    } else if (kind == '\\') {
      octets += '\\';
    } else if (octet && octet->size() == 1) {
      octets += static_cast<char>(octet->front());
      i += 2;
    } else {
      return unexpected(
          Fault{fmt::format("'{}' is no escape", text.substr(i, 4)), "\\r, \\n, \\\\ or \\xHH"});
    }
    ++i;
  }
  return octets;
}

Expected<TextPattern, Fault> TextPattern::parse(std::string_view text, bool is_raw,
                                                const CaptureSizes& known) {
  TextPattern pattern;
  while (!text.empty()) {
    const auto name = text[0] == '{' ? capture_name(text) : std::string_view{};
    if (!name.empty()) {
      if (!known.contains(name)) {
        return unexpected(Fault{fmt::format("'{{{}}}' has not been captured before", name),
                                "a `udp<` line above with {name:N}, or `<<` with \\x7B"});
      }
      pattern.pieces_.push_back({{}, std::string(name)});
      text.remove_prefix(name.size() + 2);
      continue;
    }
    const auto end = std::min(text.find('{', 1), text.size());
    auto octets = is_raw ? unescape(text.substr(0, end)) : std::string(text.substr(0, end));
    if (!octets) return unexpected(octets.error());
    pattern.append(std::move(*octets));
    text.remove_prefix(end);
  }
  return pattern;
}

void TextPattern::append(const TextPattern& other) {
  pieces_.insert(pieces_.end(), other.pieces_.begin(), other.pieces_.end());
}

std::string TextPattern::expand(const Captures& captures) const {
  std::string octets;
  for (const auto& piece : pieces_) {
    if (piece.capture.empty()) {
      octets += piece.octets;
      continue;
    }
    const auto captured = captures.find(piece.capture);
    BG_CHECK(captured != captures.end(), "a step that does not capture ends the run");
    octets += to_hex_upper(captured->second);
  }
  return octets;
}

}  // namespace vmodem::conform
