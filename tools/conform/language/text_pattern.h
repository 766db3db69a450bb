// Serial octets as a case writes them: literal text, escapes, what has been captured, and in
// patterns what has a shape only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/expected.h"
#include "firmware/journal/transcript/transcript_text.h"
#include "tools/conform/language/captures.h"

namespace vmodem::conform {

// What escape() made of octets.
[[nodiscard]] Expected<std::string, Fault> unescape(std::string_view text);

// Where a text stands, which says what its braces and backslashes mean.
enum class TextPlace : std::uint8_t {
  kSent,         // ${name}
  kSentRaw,      // and escapes
  kExpected,     // ${name}, {name} for captured octets in hex
  kExpectedRaw,  // and escapes
  kPattern,      // as kExpected, and {name:digits}
};

class TextPattern {
 public:
  TextPattern() = default;
  explicit TextPattern(std::string octets) { append(std::move(octets)); }

  // `octets` are the names that datagrams have captured above, `texts` those of lines, which learns
  // the names that this pattern captures.
  [[nodiscard]] static Expected<TextPattern, Fault> parse(std::string_view text, TextPlace place,
                                                          const CaptureSizes& octets,
                                                          TextNames& texts);

  void append(std::string octets) { pieces_.push_back({Kind::kOctets, std::move(octets)}); }
  void append(const TextPattern& other);
  // It has no shapes, and every name has been captured: the parser has seen its first use before.
  [[nodiscard]] std::string expand(const Captures& captures, const Texts& texts) const;
  // The octets that it says itself.
  [[nodiscard]] std::string literal() const;

  // Captures only where the whole line matches.
  [[nodiscard]] bool match(std::string_view line, const Captures& captures, Texts& texts) const;

 private:
  enum class Kind : std::uint8_t {
    kOctets,
    kCapturedOctets,  // in upper-case hex
    kCapturedText,
    kDigits,
    kHexDigits,
    kWord,  // letters, digits, '_' and '-'
    kText,  // anything, as little as will do
  };
  struct Piece {
    Kind kind;
    std::string text{};  // octets, or the name; empty: not kept
  };

  [[nodiscard]] static Expected<Piece, Fault> parse_shape(std::string_view inner,
                                                          TextNames& texts);
  [[nodiscard]] bool take_brace(std::string_view& text, TextPlace place,
                                const CaptureSizes& octets, TextNames& texts,
                                std::optional<Fault>& fault);
  [[nodiscard]] bool match_from(std::size_t piece, std::string_view line, const Captures& captures,
                                const Texts& known, Texts& found) const;
  [[nodiscard]] static bool has(Kind kind, char c);
  [[nodiscard]] static std::string said(const Piece& piece, const Captures& captures,
                                        const Texts& texts);
  [[nodiscard]] static bool is_shape(Kind kind) { return kind >= Kind::kDigits; }

  std::vector<Piece> pieces_;
};

}  // namespace vmodem::conform
