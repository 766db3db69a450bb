// Where a modem's transports lead: the real network, or a simulated one in its place.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "firmware/action.h"
#include "firmware/app/poller.h"
#include "firmware/base/time.h"

namespace vmodem::app {

// News for the modem's handle_transport_opened() and its siblings.
struct Opened {
  firmware::TransportId transport;
};
struct OpenFailed {
  firmware::TransportId transport;
  firmware::TransportError error;
  std::string why;
};
struct DatagramReceived {
  firmware::TransportId transport;
  Bytes datagram;
};
struct DatagramSent {
  firmware::TransportId transport;
  bool handed_over;
};
struct Answered {
  firmware::QueryId query;
  firmware::Answer answer;
};
using NetworkEvent = std::variant<Opened, OpenFailed, DatagramReceived, DatagramSent, Answered>;

class Network {
 public:
  virtual ~Network() = default;

  // What the actions of these names ask for.
  virtual void open(Instant now, const firmware::OpenTransport& action) = 0;
  virtual void send(Instant now, const firmware::SendDatagram& action) = 0;
  virtual void close(const firmware::CloseTransport& action) = 0;
  virtual void ask(Instant now, const firmware::Query& action) = 0;
  virtual void cancel(const firmware::CancelQuery& action) = 0;

  // What this has had the poller watch is ready.
  virtual void handle_ready(Instant now, Tag tag) = 0;

  // Poll until it returns nothing, after any of the above. Nothing is reported of a transport that
  // is closed.
  [[nodiscard]] virtual std::optional<NetworkEvent> poll_event() = 0;
};

}  // namespace vmodem::app
