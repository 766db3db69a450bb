// The TCP/IP commands' side of the module: ping, name look-up, network time, name servers
// (TCP95 §2.3.11–2.3.14, §2.3.17).
//
// In:  questions of commands, answers of the network, the time.
// Out: queries, URCs, the next deadline.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "firmware/internet/name_query.h"
#include "firmware/internet/outbox.h"
#include "firmware/internet/ping.h"
#include "firmware/internet/time_query.h"
#include "firmware/packet/contexts.h"

namespace vmodem::firmware {

struct NameServers {
  std::string primary;
  std::string secondary;
};

class Internet {
 public:
  // Both outlive this object.
  Internet(const PdpConfig& config, journal::Journal& journal)
      : config_(config), outbox_{.journal = journal, .events = {}} {}
  Internet(const Internet&) = delete;
  Internet& operator=(const Internet&) = delete;

  // Of the last TCP/IP command, for AT+QIGETERROR.
  [[nodiscard]] SocketError last_error() const { return outbox_.last_error; }
  void set_last_error(SocketError error) { outbox_.last_error = error; }

  [[nodiscard]] Ping& ping() { return ping_; }
  [[nodiscard]] NameQuery& names() { return names_; }
  [[nodiscard]] TimeQuery& time() { return time_; }

  // AT+QIDNSCFG of an active context. What the network gave until the host sets others; the
  // driver's resolver asks its own.
  [[nodiscard]] NameServers name_servers(int context) const;
  void set_name_servers(int context, NameServers servers);

  // An answer to no open query is dropped. `zone` is in quarters of an hour.
  void handle_answer(Instant now, QueryId id, const Answer& answer, int zone);
  // The context is down: what runs on it fails, and its name servers are forgotten.
  void end_context(int context);
  // Power-off.
  void reset();

  void handle_timeout(Instant now);
  [[nodiscard]] std::optional<InternetOutbox::Event> poll_event() {
    return outbox_.events.take_front();
  }
  [[nodiscard]] std::optional<Instant> poll_timeout() const;
  [[nodiscard]] bool is_waiting_for_peer() const;

 private:
  const PdpConfig& config_;
  InternetOutbox outbox_;
  Ping ping_{outbox_};
  NameQuery names_{outbox_};
  TimeQuery time_{outbox_};
  std::map<int, NameServers> name_servers_;  // that the host has set
};

}  // namespace vmodem::firmware
