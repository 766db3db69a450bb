// Serial octets as a transcript writes them: literal text, escapes, and captured octets in hex.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/expected.h"
#include "firmware/journal/transcript/transcript_text.h"
#include "tools/conform/language/captures.h"

namespace vmodem::conform {

// What escape() made of octets.
[[nodiscard]] Expected<std::string, Fault> unescape(std::string_view text);

class TextPattern {
 public:
  TextPattern() = default;
  explicit TextPattern(std::string octets) { append(std::move(octets)); }

  // `{name}` stands for the octets captured under that name. Escapes count in raw text only.
  [[nodiscard]] static Expected<TextPattern, Fault> parse(std::string_view text, bool is_raw,
                                                          const CaptureSizes& known);

  void append(std::string octets) { pieces_.push_back({std::move(octets), {}}); }
  void append(const TextPattern& other);
  // Every name has been captured: the parser has seen its first use before.
  [[nodiscard]] std::string expand(const Captures& captures) const;

 private:
  struct Piece {
    std::string octets;
    std::string capture;  // empty: the octets themselves
  };
  std::vector<Piece> pieces_;
};

}  // namespace vmodem::conform
