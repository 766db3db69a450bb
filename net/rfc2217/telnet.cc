#include "net/rfc2217/telnet.h"

namespace vmodem::net {
namespace {

bool is(std::uint8_t octet, TelnetVerb verb) {
  return octet == static_cast<std::uint8_t>(verb);
}

bool takes_option(std::uint8_t verb) {
  return verb >= static_cast<std::uint8_t>(TelnetVerb::kWill) && verb < kIac;
}

}  // namespace

TelnetItem TelnetReader::feed(std::uint8_t octet) {
  switch (state_) {
    case State::kData:
      if (octet != kIac) return TelnetOctet{octet};
      state_ = State::kIac;
      return TelnetNothing{};
    case State::kIac:
      return feed_command(octet);
    case State::kOption:
      state_ = State::kData;
      return TelnetCommand{verb_, octet};
    case State::kSuboption:
      if (octet == kIac) {
        state_ = State::kSuboptionIac;
      } else {
        keep(octet);
      }
      return TelnetNothing{};
    case State::kSuboptionIac:
      return feed_suboption_command(octet);
  }
  return TelnetNothing{};
}

TelnetItem TelnetReader::feed_command(std::uint8_t octet) {
  state_ = State::kData;
  if (octet == kIac) return TelnetOctet{octet};
  if (is(octet, TelnetVerb::kBegin)) {
    state_ = State::kSuboption;
    suboption_.clear();
    is_too_long_ = false;
    return TelnetNothing{};
  }
  if (!takes_option(octet)) return TelnetCommand{octet};
  verb_ = octet;
  state_ = State::kOption;
  return TelnetNothing{};
}

TelnetItem TelnetReader::feed_suboption_command(std::uint8_t octet) {
  if (octet == kIac) {
    keep(octet);
    state_ = State::kSuboption;
    return TelnetNothing{};
  }
  state_ = State::kData;
  if (!is(octet, TelnetVerb::kEnd) || is_too_long_) return TelnetNothing{};
  return TelnetSuboption{suboption_};
}

void TelnetReader::keep(std::uint8_t octet) {
  is_too_long_ = is_too_long_ || suboption_.size() == kSuboptionSizeMax;
  if (!is_too_long_) suboption_.push_back(octet);
}

}  // namespace vmodem::net
