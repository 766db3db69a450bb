// Any octets as a sequence of journal entries, for whoever has to bear whatever a run may bring.
#pragma once

#include <algorithm>
#include <string>

#include "firmware/journal/journal.h"

namespace vmodem::journal {

class EntryScript {
 public:
  explicit EntryScript(ByteView octets) : rest_(octets) {}

  // Nothing where the octets are used up.
  [[nodiscard]] std::optional<Entry> next() {
    if (rest_.empty()) return std::nullopt;
    at_ += Duration(std::chrono::microseconds(take()) * take());
    ++number_;
    return Entry{number_, at_, number_ - 1, event()};
  }

 private:
  std::uint8_t take() {
    if (rest_.empty()) return 0;
    const auto octet = rest_[0];
    rest_ = rest_.subspan(1);
    return octet;
  }
  Bytes octets() {
    const std::size_t wanted = take();
    const auto size = std::min(wanted, rest_.size());
    const Bytes taken(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(size));
    rest_ = rest_.subspan(size);
    return taken;
  }
  std::string text() { return std::string(as_text(octets())); }
  // Of a real code more often than not.
  std::string code() {
    constexpr const char* kCodes[] = {"0.01", "2.05", "0.00", "4.04", "7.31", "", "x.yz", "0.1"};
    return kCodes[take() % std::size(kCodes)];
  }
  std::string_view type() {
    constexpr std::string_view kTypes[] = {"CON", "NON", "ACK", "RST"};
    return kTypes[take() % std::size(kTypes)];
  }
  OptionFields options() {
    OptionFields fields;
    for (int count = take() % 4; count > 0; --count) {
      fields.push_back({static_cast<std::uint16_t>(take() << take() % 9), octets()});
    }
    return fields;
  }
  net::Endpoint endpoint() {
    constexpr const char* kEndpoints[] = {"100.64.0.2:49152", "220.180.239.212:5684",
                                          "[2001:db8::1]:5683"};
    const auto choice = take() % (std::size(kEndpoints) + 1);
    return choice == 0 ? net::Endpoint() : net::parse_endpoint(kEndpoints[choice - 1]).value();
  }
  Bytes datagram() {
    auto all = octets();
    for (int count = take() % 3; count > 0; --count) all.insert(all.end(), all.begin(), all.end());
    return all;
  }
  std::string secret() {
    constexpr auto kLine =
        "CLIENT_RANDOM 00000000000000000000000000000000000000000000000000000000000000";
    return std::string(kLine) + (take() % 2 == 0 ? "01 " : "02 ") + std::string(96, 'a');
  }

  Event event() {
    const std::uint64_t client = take() % 6;
    switch (take() % 16) {
      case 0:
        return LineCommand{text()};
      case 1:
        return LineAnswer{text()};
      case 2:
        return LinePrompt{text()};
      case 3:
        return LineResult{text()};
      case 4:
        return LineUrc{text(), take()};
      case 5:
        return CoapSent{client, type(), code(), take(), octets(), options(), octets(), {}};
      case 6:
        return CoapRetransmitted{client, take(), take(), {}};
      case 7:
        return CoapReceived{client, type(), code(), take(), octets(), options(), octets(), {}};
      case 8:
        return DtlsKeys{client, {secret()}};
      case 9:
        return DatagramUp{take(), "real", endpoint(), endpoint(), datagram()};
      case 10:
        return DatagramDown{take(), "simulated", endpoint(), endpoint(), datagram()};
      case 11:
        return PacketContext{static_cast<std::uint64_t>(take() % 20),
                             take() % 2 == 0 ? "active" : "inactive", text()};
      case 12: {
        LinkLost lost;
        static_cast<LinkEffect&>(lost) = {"uplink", take(), take(), "is lost: no coverage"};
        return lost;
      }
      case 13:
        return FaultPerformed{"reset", text(), "scenario"};
      case 14:
        return LineEcho{take()};
    }
    return PowerState{"off"};
  }

  ByteView rest_;
  Number number_ = 0;
  Instant at_{};
};

}  // namespace vmodem::journal
