// Answers the modem's questions by the host's own means: its resolver, ICMP and UDP, within what
// the policy allows.
#pragma once

#include <memory>
#include <optional>

#include "firmware/app/loop/log.h"
#include "firmware/app/loop/network.h"
#include "net/network_policy.h"
#include "net/sockets/resolver.h"

namespace vmodem::app {

class HostQueries {
 public:
  // Sockets are watched by `poller`. It, `policy` and `log` outlive this.
  HostQueries(Poller& poller, const net::NetworkPolicy& policy, net::Lookup lookup, Log& log);
  ~HostQueries();
  HostQueries(const HostQueries&) = delete;
  HostQueries& operator=(const HostQueries&) = delete;

  void ask(Instant now, const firmware::Query& action);
  void cancel(const firmware::CancelQuery& action);
  void cancel_all();
  // News of a Source::kQuery.
  void handle_ready(Instant now, Tag tag);
  [[nodiscard]] std::optional<firmware::Answered> poll_event();

  // A thread of the resolver still hangs in a look-up and may outlive this.
  [[nodiscard]] bool has_running_lookup() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace vmodem::app
