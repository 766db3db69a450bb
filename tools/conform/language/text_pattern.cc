#include "tools/conform/language/text_pattern.h"

#include <fmt/format.h>

#include <algorithm>

#include "firmware/base/check.h"
#include "firmware/base/hex.h"
#include "tools/conform/language/names.h"

namespace vmodem::conform {
namespace {

// What stands between the '{' at the front and its '}', or nothing where there is none.
std::string_view inside(std::string_view text) {
  const auto end = text.find('}');
  return end == std::string_view::npos ? std::string_view{} : text.substr(1, end - 1);
}

bool is_capture_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

bool is_raw(TextPlace place) {
  return place == TextPlace::kSentRaw || place == TextPlace::kExpectedRaw;
}

bool is_sent(TextPlace place) {
  return place == TextPlace::kSent || place == TextPlace::kSentRaw;
}

// Up to the next brace that may mean something.
std::size_t literal_size(std::string_view text, TextPlace place) {
  const auto next = text.find(is_sent(place) ? "${" : "{", 1);
  if (next == std::string_view::npos) return text.size();
  return !is_sent(place) && next > 1 && text[next - 1] == '$' ? next - 1 : next;
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

bool TextPattern::has(Kind kind, char c) {
  const bool is_digit = c >= '0' && c <= '9';
  const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  switch (kind) {
    case Kind::kDigits:
      return is_digit;
    case Kind::kHexDigits:
      return is_digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    case Kind::kWord:
      return is_digit || is_letter || c == '_' || c == '-';
    case Kind::kText:
      return true;
    case Kind::kOctets:
    case Kind::kCapturedOctets:
    case Kind::kCapturedText:
      break;
  }
  return false;
}

Expected<TextPattern::Piece, Fault> TextPattern::parse_shape(std::string_view inner,
                                                             TextNames& texts) {
  const auto colon = inner.find(':');
  const auto name = inner.substr(0, colon);
  const auto shape = inner.substr(colon + 1);
  const auto kind = shape == "digits" ? Kind::kDigits
                    : shape == "hex"  ? Kind::kHexDigits
                    : shape == "word" ? Kind::kWord
                                      : Kind::kText;
  if (kind == Kind::kText && shape != "text") {
    return unexpected(Fault{fmt::format("'{}' is no shape", shape), "digits, hex, word or text"});
  }
  if (!name.empty() && !is_name(name)) {
    return unexpected(Fault{fmt::format("'{}' is no name", name), "letters, digits and '_'"});
  }
  if (!name.empty()) texts.emplace(name);
  return Piece{kind, std::string(name)};
}

// Takes a name or shape from the front of `text`; false where it begins none.
bool TextPattern::take_brace(std::string_view& text, TextPlace place, const CaptureSizes& octets,
                             TextNames& texts, std::optional<Fault>& fault) {
  const bool is_text = text.starts_with("${");
  if (!is_text && (is_sent(place) || text[0] != '{')) return false;
  const auto inner = inside(text.substr(is_text ? 1 : 0));
  const auto size = inner.size() + (is_text ? 3 : 2);
  if (is_text && is_name(inner)) {
    if (!texts.contains(inner)) {
      fault = Fault{fmt::format("'${{{}}}' means nothing here", inner),
                    "let NAME=, a column of the table, or a `<~` line above with {NAME:digits}"};
    }
    pieces_.push_back({Kind::kCapturedText, std::string(inner)});
  } else if (!is_text && place == TextPlace::kPattern && inner.find(':') != inner.npos) {
    auto piece = parse_shape(inner, texts);
    if (!piece) {
      fault = std::move(piece.error());
      return true;
    }
    pieces_.push_back(std::move(*piece));
  } else if (!is_text && is_capture_name(inner)) {
    if (!octets.contains(inner)) {
      fault = Fault{fmt::format("'{{{}}}' has not been captured before", inner),
                    "a `udp<` line above with {name:N}, or `<<` with \\x7B"};
    }
    pieces_.push_back({Kind::kCapturedOctets, std::string(inner)});
  } else {
    return false;
  }
  text.remove_prefix(size);
  return true;
}

Expected<TextPattern, Fault> TextPattern::parse(std::string_view text, TextPlace place,
                                                const CaptureSizes& octets, TextNames& texts) {
  TextPattern pattern;
  while (!text.empty()) {
    std::optional<Fault> fault;
    const bool is_taken = pattern.take_brace(text, place, octets, texts, fault);
    if (fault) return unexpected(std::move(*fault));
    if (is_taken) continue;
    const auto size = literal_size(text, place);
    const auto literal = text.substr(0, size);
    auto said = is_raw(place) ? unescape(literal) : std::string(literal);
    if (!said) return unexpected(said.error());
    pattern.append(std::move(*said));
    text.remove_prefix(size);
  }
  return pattern;
}

void TextPattern::append(const TextPattern& other) {
  pieces_.insert(pieces_.end(), other.pieces_.begin(), other.pieces_.end());
}

std::string TextPattern::said(const Piece& piece, const Captures& captures, const Texts& texts) {
  if (piece.kind == Kind::kOctets) return piece.text;
  if (piece.kind == Kind::kCapturedOctets) {
    const auto captured = captures.find(piece.text);
    BG_CHECK(captured != captures.end(), "a step that does not capture ends the run");
    return to_hex_upper(captured->second);
  }
  const auto text = texts.find(piece.text);
  BG_CHECK(text != texts.end(), "a step that does not capture ends the run");
  return text->second;
}

std::string TextPattern::expand(const Captures& captures, const Texts& texts) const {
  std::string octets;
  for (const auto& piece : pieces_) octets += said(piece, captures, texts);
  return octets;
}

std::string TextPattern::literal() const {
  std::string octets;
  for (const auto& piece : pieces_) {
    if (piece.kind == Kind::kOctets) octets += piece.text;
  }
  return octets;
}

bool TextPattern::match(std::string_view line, const Captures& captures, Texts& texts) const {
  Texts found;
  if (!match_from(0, line, captures, texts, found)) return false;
  for (auto& [name, text] : found) texts[name] = std::move(text);
  return true;
}

bool TextPattern::match_from(std::size_t piece, std::string_view line, const Captures& captures,
                             const Texts& known, Texts& found) const {
  if (piece == pieces_.size()) return line.empty();
  const auto& one = pieces_[piece];
  if (!is_shape(one.kind)) {
    const bool is_found = one.kind == Kind::kCapturedText && found.contains(one.text);
    const auto text = said(one, captures, is_found ? found : known);
    return line.starts_with(text) &&
           match_from(piece + 1, line.substr(text.size()), captures, known, found);
  }
  auto longest = std::find_if_not(line.begin(), line.end(), [&](char c) {
                   return has(one.kind, c);
                 }) - line.begin();
  // Anything takes as little as will do, and may be nothing; what has a shape takes all it can.
  const bool is_text = one.kind == Kind::kText;
  for (std::ptrdiff_t i = is_text ? 0 : 1; i <= longest; ++i) {
    const auto size = static_cast<std::size_t>(is_text ? i : longest - i + 1);
    auto tried = found;
    if (!one.text.empty()) tried[one.text] = line.substr(0, size);
    if (!match_from(piece + 1, line.substr(size), captures, known, tried)) continue;
    found = std::move(tried);
    return true;
  }
  return false;
}

}  // namespace vmodem::conform
