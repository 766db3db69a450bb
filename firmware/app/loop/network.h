// Where a modem's transports lead: the real network, or a simulated one in its place.
#pragma once

#include <optional>

#include "firmware/app/loop/poller.h"
#include "firmware/base/time.h"
#include "firmware/network_event.h"

namespace vmodem::app {

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
  [[nodiscard]] virtual std::optional<firmware::NetworkEvent> poll_event() = 0;
};

}  // namespace vmodem::app
