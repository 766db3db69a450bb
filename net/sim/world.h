// The simulated internet: datagrams, questions and the time go in; datagrams, answers and the next
// deadline come out. The same configuration, seed and calls give the same world.
//
// In:  a description, datagrams, questions, the time.
// Out: datagrams, answers, events, the next deadline.
//
// After any handle_*() and any verb, poll until poll_datagram() and poll_answer() return nothing.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "net/datagram.h"
#include "net/sim/description/world.h"
#include "net/sim/query_service.h"
#include "net/sim/server/coap.h"
#include "net/sim/server/dtls_peers.h"

namespace vmodem::sim {

class World {
 public:
  // Draws from RandomStream::kPeer and, where servers are secured, kDtls. `random` is borrowed for
  // the lifetime of the world.
  World(WorldConfig config, RandomSource& random);
  World(const World&) = delete;
  World& operator=(const World&) = delete;
  ~World();

  // A datagram to an endpoint without a server vanishes.
  void handle_datagram(Instant now, const net::Datagram& datagram);
  void handle_query(Instant now, QueryId id, const Query& query);
  void handle_timeout(Instant now);

  [[nodiscard]] std::optional<net::Datagram> poll_datagram();
  [[nodiscard]] std::optional<QueryAnswer> poll_answer() { return queries_.poll_answer(); }
  [[nodiscard]] std::optional<Instant> poll_timeout() const { return schedule_.next(); }
  [[nodiscard]] std::optional<WorldEvent> poll_event() { return log_.poll(); }
  [[nodiscard]] std::uint64_t count(WorldEventKind kind) const { return log_.count(kind); }
  // Events tell the messages too. Before anything happens.
  void keep_messages() { log_.keep_messages(); }
  // Of what the calls below lead to.
  void set_mark(std::uint64_t mark) {
    schedule_.set_mark(mark);
    log_.set_mark(mark);
  }

  [[nodiscard]] bool has_server(const net::Endpoint& endpoint) const;
  [[nodiscard]] bool knows_name(std::string_view name) const { return queries_.knows(name); }

  [[nodiscard]] bool has_host(const net::IpAddress& address) const;

  // Of its servers, in the order of the configuration.
  [[nodiscard]] std::vector<net::Endpoint> endpoints() const;
  struct ServerView {
    net::Endpoint endpoint;
    bool is_secured;
    bool is_silent;
    std::vector<ResourceView> resources;
  };
  // Borrowed until the next change; nothing where there is none.
  [[nodiscard]] std::optional<ServerView> server(Instant now, const net::Endpoint& endpoint) const;
  // What answers in the place of its servers.
  [[nodiscard]] AnswerOverrides& overrides() { return overrides_; }

  // What a scenario does to the world. False: there is no such server or resource.
  [[nodiscard]] bool set_content(Instant now, const net::Endpoint& server, const std::string& path,
                                 Representation content);
  [[nodiscard]] bool remove_resource(Instant now, const net::Endpoint& server,
                                     const std::string& path);
  // Its observers are told, as of a change. Nothing where there is no such server or resource, or
  // it cannot be observed; else how many they are.
  [[nodiscard]] std::optional<std::size_t> notify_observers(Instant now,
                                                            const net::Endpoint& server,
                                                            const std::string& path);
  [[nodiscard]] bool restart_server(Instant now, const net::Endpoint& server, Duration downtime);
  [[nodiscard]] bool set_silent(const net::Endpoint& server, Instant until);
  void set_name_outcome(std::string_view name, NameOutcome outcome) {
    queries_.set_name_outcome(name, outcome);
  }
  void set_every_name_outcome(NameOutcome outcome) { queries_.set_every_name_outcome(outcome); }
  // What the two above have made of a name.
  [[nodiscard]] NameOutcome name_fault(std::string_view name) const {
    return queries_.name_fault(name);
  }

 private:
  struct Server;

  [[nodiscard]] Server* find(const net::Endpoint& endpoint) const;
  void handle_job(Instant now, const Job& job);
  void drain(Instant now, Server& server);
  void send(const net::Endpoint& from, std::vector<PeerOctets> sent);

  WorldConfig config_;
  Schedule schedule_;
  WorldEventLog log_;
  AnswerOverrides overrides_;
  QueryService queries_;
  std::vector<std::unique_ptr<Server>> servers_;
  std::unordered_map<net::Endpoint, std::uint32_t, EndpointHash> index_;
  std::deque<net::Datagram> datagrams_;
};

}  // namespace vmodem::sim
