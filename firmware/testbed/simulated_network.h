// The modem's way into the simulated internet: its transports and questions over the link model.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>

#include "firmware/action.h"
#include "firmware/network_event.h"
#include "firmware/testbed/local_ports.h"
#include "firmware/journal/journal.h"
#include "firmware/testbed/question_packet.h"
#include "firmware/testbed/world_trail.h"
#include "net/link/link_model.h"
#include "net/sim/world.h"

namespace vmodem::testbed {

class SimulatedNetwork {
 public:
  // Draws from RandomStream::kLink, kPeer and kDtls. `random` and `journal` outlive this. The simulated internet
  // is made by the first call that leads into it, unless it acts alone.
  SimulatedNetwork(sim::WorldSource source, net::LinkConfig link, RandomSource& random,
                   journal::Journal& journal);

  // Part of the simulated internet: a name or an address of one of its machines.
  [[nodiscard]] bool has_host(std::string_view host);
  // What a fault makes of a name, in or out of the simulated internet.
  [[nodiscard]] sim::NameOutcome name_fault(std::string_view name) const {
    return world_ ? world_->name_fault(name) : sim::NameOutcome::kResolves;
  }
  // Names are not looked up: whether a server is there shows later.
  [[nodiscard]] bool may_have_server(std::string_view host, std::uint16_t port);

  // An open from now on fails at once, wherever it leads to.
  void set_unreachable(bool is_unreachable) { is_unreachable_ = is_unreachable; }
  [[nodiscard]] bool is_unreachable() const { return is_unreachable_; }

  // What the actions of these names ask for. An address without a server opens and stays silent.
  void open(Instant now, const firmware::OpenTransport& action);
  void send(Instant now, firmware::SendDatagram action);
  void close(const firmware::CloseTransport& action);
  void ask(Instant now, const firmware::Query& action);
  void cancel(const firmware::CancelQuery& action);

  [[nodiscard]] bool has_transport(firmware::TransportId transport) const;
  // The module's end of an open transport and the other one, as far as it is known here.
  struct Path {
    net::Endpoint local;
    net::Endpoint remote;
  };
  [[nodiscard]] Path path_of(firmware::TransportId transport) const;

  // A transport of the real network shares the link: what it sends comes out of poll_carried(),
  // what came for it out of poll_event(), unless the link keeps it.
  void attach(firmware::TransportId transport);
  void carry_up(Instant now, firmware::SendDatagram action);
  void carry_down(Instant now, firmware::TransportId transport, Bytes datagram,
                  journal::Number cause);
  [[nodiscard]] std::optional<firmware::SendDatagram> poll_carried();

  void handle_timeout(Instant now);
  // Poll it until it returns nothing, after any of the above. Nothing is reported of a transport
  // that is closed or a question that is cancelled.
  [[nodiscard]] std::optional<firmware::NetworkEvent> poll_event();
  [[nodiscard]] std::optional<Instant> poll_timeout() const;

  // For faults. What they lead to is there after the next handle_timeout().
  [[nodiscard]] sim::World& internet() {
    // Only simulated peers draw from kPeer, and none before this: a late world draws the same.
    if (!world_) {
      world_.emplace(std::exchange(source_.make, nullptr)(), random_);
      if (journal_.wants<journal::ServerRequest>()) world_->keep_messages();
    }
    // What it does when it is told to is of what is being handled.
    world_->set_mark(journal_.cause());
    return *world_;
  }
  // Null where nobody has led into it yet.
  [[nodiscard]] const sim::World* find_internet() const { return world_ ? &*world_ : nullptr; }
  [[nodiscard]] net::LinkModel& link() { return link_; }

 private:
  struct Transport {
    std::uint16_t local_port;
    net::Endpoint server;  // unspecified: in the real network
  };
  // What the answer of the simulated internet is for.
  struct Opening {
    firmware::TransportId transport;
    std::uint16_t port;
    std::optional<std::uint8_t> local_port_number{};
  };
  using Asker = std::variant<Opening, firmware::Query>;
  struct Question {
    Asker asker;
    sim::Query query;
    Instant asked_at{};
    std::optional<Instant> repeated_at{};  // where it is asked again without an answer
    std::optional<WorldAnswer> answer{};   // on its way down
  };

  void connect(const Opening& opening, const net::IpAddress& server);
  void send_up(Instant now, const Transport& transport, firmware::SendDatagram action);
  void ask_world(Instant now, Asker asker, const sim::Query& query);
  void send_question(Instant now, sim::QueryId id, Question& question);
  void repeat_questions(Instant now);
  void hear_question(Instant now, ByteView octets);
  void send_answer(Instant now, sim::QueryAnswer answer);
  void finish_question(Instant now, sim::QueryId id);
  void take_answer(Instant now, const Question& question);
  void take_name(Instant now, const Opening& opening, const sim::NameAnswer& answer);
  void take_query_answer(Instant now, const firmware::Query& query, const WorldAnswer& answer,
                         Duration round_trip);
  void take_addresses(Instant now, const firmware::Query& query, const sim::NameAnswer& answer);
  void answer(firmware::QueryId id, firmware::Answer what);
  void pump(Instant now);
  void note_link();
  void note_world();
  void deliver(Instant now, net::Delivery delivery);
  void deliver_up(Instant now, net::Datagram& datagram);

  journal::Journal& journal_;
  WorldTrail trail_;
  sim::WorldSource source_;
  RandomSource& random_;
  std::optional<sim::World> world_;  // by internet() alone
  net::LinkModel link_;
  std::unordered_map<firmware::TransportId, Transport> transports_;
  LocalPorts ports_;
  bool is_unreachable_ = false;
  std::map<sim::QueryId, Question> questions_;
  std::uint32_t last_query_ = 0;
  std::deque<firmware::NetworkEvent> events_;
  std::deque<firmware::SendDatagram> carried_;
};

}  // namespace vmodem::testbed
