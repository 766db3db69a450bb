// What becomes of the network actions: news for the modem's handle_transport_opened() and its
// siblings.
#pragma once

#include <string>
#include <variant>

#include "firmware/action.h"
#include "firmware/base/bytes.h"
#include "firmware/base/overloaded.h"

namespace vmodem::firmware {

struct Opened {
  TransportId transport;
  std::string address{};  // of the server, where it was looked up
};
struct OpenFailed {
  TransportId transport;
  TransportError error;
  std::string why;  // one phrase for the journal
};
struct DatagramReceived {
  TransportId transport;
  Bytes datagram;
  std::uint64_t cause = 0;  // in the journal
};
struct DatagramSent {
  TransportId transport;
  bool handed_over;
};
struct Answered {
  QueryId query;
  Answer answer;
};
using NetworkEvent = std::variant<Opened, OpenFailed, DatagramReceived, DatagramSent, Answered>;

// News of this transport.
[[nodiscard]] inline bool concerns(const NetworkEvent& event, TransportId transport) {
  return std::visit(Overloaded{[](const Answered&) { return false; },
                               [&](const auto& news) { return news.transport == transport; }},
                    event);
}

}  // namespace vmodem::firmware
