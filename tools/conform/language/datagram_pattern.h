// A datagram as a transcript writes it: hex grouped by blanks, `??` for any octet, `{name:N}` for N
// octets to be captured and `{name}` for them again.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/bytes.h"
#include "firmware/base/expected.h"
#include "firmware/journal/transcript/transcript_text.h"
#include "tools/conform/language/captures.h"

namespace vmodem::conform {

class DatagramPattern {
 public:
  // `known` learns the names that this pattern captures.
  [[nodiscard]] static Expected<DatagramPattern, Fault> parse(std::string_view text,
                                                              CaptureSizes& known);

  // Captures only where the whole datagram matches.
  [[nodiscard]] bool match(ByteView datagram, Captures& captures) const;
  // True where it says every octet, so that it can be sent.
  [[nodiscard]] bool is_definite() const;
  // The pattern is definite and every name has been captured.
  [[nodiscard]] Bytes render(const Captures& captures) const;

 private:
  enum class Kind : std::uint8_t { kOctet, kAny, kCapture };
  struct Piece {
    Kind kind;
    std::uint8_t octet = 0;
    std::string name{};
    std::size_t size = 1;
    bool is_first_use = false;
  };

  [[nodiscard]] static Expected<Piece, Fault> parse_capture(std::string_view text,
                                                            CaptureSizes& known);
  std::vector<Piece> pieces_;
};

}  // namespace vmodem::conform
