// The real network: UDP sockets and the host's resolver, within what the policy allows.
//
// In:  actions of the modem.
// Out: sockets, look-ups, pings, and what came of them.
#pragma once

#include <memory>

#include "firmware/app/loop/log.h"
#include "firmware/app/loop/network.h"
#include "net/network_policy.h"
#include "net/sockets/resolver.h"

namespace vmodem::app {

class SocketNetwork final : public Network {
 public:
  // Sockets are watched by `poller`. It and `log` outlive this.
  SocketNetwork(Poller& poller, net::NetworkPolicy policy, net::Lookup lookup, Log& log);
  ~SocketNetwork() override;

  void open(Instant now, const firmware::OpenTransport& action) override;
  void send(Instant now, const firmware::SendDatagram& action) override;
  void close(const firmware::CloseTransport& action) override;
  void ask(Instant now, const firmware::Query& action) override;
  void cancel(const firmware::CancelQuery& action) override;
  void handle_ready(Instant now, Tag tag) override;
  [[nodiscard]] std::optional<firmware::NetworkEvent> poll_event() override;
  // All that is open or asked for; nothing is reported of it any more.
  void close_all();

  // A thread of the resolver still hangs in a look-up and may outlive this.
  [[nodiscard]] bool has_running_lookup() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace vmodem::app
