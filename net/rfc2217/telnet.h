// Telnet as octets (RFC 854): data, commands, and what stands between IAC SB and IAC SE.
#pragma once

#include <cstddef>
#include <cstdint>
#include <variant>

#include "firmware/base/bytes.h"

namespace vmodem::net {

inline constexpr std::uint8_t kIac = 255;

enum class TelnetVerb : std::uint8_t {
  kEnd = 240,
  kBreak = 243,
  kBegin = 250,
  kWill = 251,
  kWont = 252,
  kDo = 253,
  kDont = 254,
};

struct TelnetCommand {
  std::uint8_t verb;
  std::uint8_t option = 0;  // of WILL, WONT, DO and DONT
};
// Whole, without its escapes.
struct TelnetSuboption {
  ByteView octets;  // borrowed until the next octet
};
// Nothing: the octet was part of something longer.
struct TelnetNothing {};
struct TelnetOctet {
  std::uint8_t octet;
};
using TelnetItem = std::variant<TelnetNothing, TelnetOctet, TelnetCommand, TelnetSuboption>;

class TelnetReader {
 public:
  // A longer suboption is dropped.
  static constexpr std::size_t kSuboptionSizeMax = 256;

  [[nodiscard]] TelnetItem feed(std::uint8_t octet);

 private:
  enum class State : std::uint8_t { kData, kIac, kOption, kSuboption, kSuboptionIac };

  [[nodiscard]] TelnetItem feed_command(std::uint8_t octet);
  [[nodiscard]] TelnetItem feed_suboption_command(std::uint8_t octet);
  void keep(std::uint8_t octet);

  State state_ = State::kData;
  std::uint8_t verb_ = 0;
  Bytes suboption_;
  bool is_too_long_ = false;
};

}  // namespace vmodem::net
