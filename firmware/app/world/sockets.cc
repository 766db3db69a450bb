#include "firmware/app/world/sockets.h"

#include <deque>
#include <unordered_map>

#include "firmware/app/world/queries.h"
#include "net/sockets/udp_socket.h"

namespace vmodem::app {
namespace {

using firmware::TransportError;
using firmware::TransportId;

constexpr Tag kResolverTag{Source::kResolver};

unsigned number(TransportId id) {
  return static_cast<unsigned>(id);
}

Tag to_tag(TransportId id) {
  return {Source::kTransport, static_cast<std::uint32_t>(id)};
}

}  // namespace

struct SocketNetwork::State {
  // A transport waits for its look-up, then has its socket.
  struct Transport {
    std::string host;
    std::uint16_t port = 0;
    std::optional<std::uint8_t> local_port_number;
    std::optional<net::LookupId> lookup;
    std::optional<net::UdpSocket> socket;
  };

  Poller& poller;
  net::NetworkPolicy policy;
  Log& log;
  net::Resolver resolver;
  HostQueries queries;
  std::unordered_map<TransportId, Transport> transports{};
  std::unordered_map<std::uint8_t, std::uint16_t> local_ports{};  // by their numbers
  std::deque<firmware::NetworkEvent> events{};
  // Not zeroed: pages that no datagram needs stay out of memory.
  std::unique_ptr<std::uint8_t[]> buffer =
      std::make_unique_for_overwrite<std::uint8_t[]>(net::kDatagramSizeMax);

  State(Poller& shared_poller, net::NetworkPolicy network_policy, const net::Lookup& lookup,
        Log& shared_log)
      : poller(shared_poller),
        policy(std::move(network_policy)),
        log(shared_log),
        resolver(lookup),
        queries(poller, policy, lookup, log) {}

  Transport* find(TransportId id) {
    const auto it = transports.find(id);
    return it == transports.end() ? nullptr : &it->second;
  }

  void erase(TransportId id) {
    const auto* transport = find(id);
    if (transport == nullptr) return;
    if (transport->lookup) resolver.cancel(*transport->lookup);
    if (transport->socket) poller.forget(transport->socket->fd());
    transports.erase(id);
  }

  void fail(TransportId id, TransportError error, const std::string& why) {
    erase(id);
    log.format(LogLevel::kWarning, "transport {}: {}", number(id), why);
    events.push_back(firmware::OpenFailed{id, error, why});
  }

  // On the local port of before where that is asked for and can be.
  Expected<net::UdpSocket, std::error_code> make_socket(const Transport& transport,
                                                        const net::Endpoint& target) {
    if (!transport.local_port_number) return net::UdpSocket::connect(target);

    auto& local_port = local_ports[*transport.local_port_number];
    auto socket = net::UdpSocket::connect(target, local_port);
    if (!socket && local_port != 0) socket = net::UdpSocket::connect(target);
    if (!socket) return socket;
    if (const auto bound = socket->local_port()) local_port = *bound;
    return socket;
  }

  bool connect(TransportId id, const net::Endpoint& target, std::string& why) {
    auto& transport = transports.at(id);
    auto socket = make_socket(transport, target);
    if (!socket) {
      why = fmt::format("{} cannot be reached: {}", to_string(target), socket.error().message());
      return false;
    }
    transport.socket.emplace(std::move(*socket));
    poller.watch(transport.socket->fd(), to_tag(id));
    log.format(LogLevel::kDebug, "transport {}: {} port {} is {}", number(id), transport.host,
               transport.port, to_string(target));
    events.push_back(firmware::Opened{id, to_string(target)});
    return true;
  }

  // RFC 6724 has sorted the addresses; the first that is allowed and connects is taken.
  void connect_to_any(TransportId id, const std::vector<net::IpAddress>& addresses) {
    const auto port = transports.at(id).port;
    std::string why = "the name has no address";
    for (const auto& address : addresses) {
      const net::Endpoint target{address, port};
      auto refusal = policy.refusal(target);
      if (!refusal && connect(id, target, why)) return;
      if (refusal) why = std::move(*refusal);
    }
    fail(id, TransportError::kUnreachable, why);
  }

  void receive(TransportId id) {
    auto* transport = find(id);
    if (transport == nullptr || !transport->socket) return;

    const std::span room(buffer.get(), net::kDatagramSizeMax);
    const auto size = transport->socket->receive(room);
    if (!size) log_icmp_error(id, size.error());
    if (size && *size) {
      const auto datagram = room.first(**size);
      events.push_back(firmware::DatagramReceived{id, Bytes(datagram.begin(), datagram.end())});
    }
  }

  // RFC 7252 §4.2 leaves it to the retransmissions to find out.
  void log_icmp_error(TransportId id, const std::error_code& error) {
    log.format(LogLevel::kInfo, "transport {}: ICMP error ignored: {}", number(id),
               error.message());
  }

  void take_answer(const net::LookupAnswer& answer) {
    for (auto& [id, transport] : transports) {
      if (transport.lookup != answer.id) continue;
      transport.lookup.reset();
      const auto found = id;
      if (!answer.result)
        return fail(found, TransportError::kNameNotResolved, answer.result.error());
      return connect_to_any(found, *answer.result);
    }
  }
};

SocketNetwork::SocketNetwork(Poller& poller, net::NetworkPolicy policy, net::Lookup lookup,
                             Log& log)
    : state_(new State(poller, std::move(policy), lookup, log)) {
  poller.watch(state_->resolver.fd(), kResolverTag);
}

SocketNetwork::~SocketNetwork() {
  close_all();
  state_->poller.forget(state_->resolver.fd());
}

void SocketNetwork::open(Instant, const firmware::OpenTransport& action) {
  const auto id = action.transport;
  const auto& host = action.host;
  const auto port = action.port;
  const auto& local_port_number = action.local_port_number;
  auto& transport = state_->transports[id];
  transport.host = host;
  transport.port = port;
  transport.local_port_number = local_port_number;
  if (const auto route = state_->policy.find_route(host, port)) {
    std::string why;
    if (!state_->connect(id, *route, why)) state_->fail(id, TransportError::kUnreachable, why);
    return;
  }
  if (const auto address = net::parse_ip_address(host)) {
    return state_->connect_to_any(id, {*address});
  }
  transport.lookup = state_->resolver.look_up(host);
}

void SocketNetwork::send(Instant, const firmware::SendDatagram& action) {
  auto* transport = state_->find(action.transport);
  if (transport == nullptr || !transport->socket) {
    state_->events.push_back(firmware::DatagramSent{action.transport, false});
    return;
  }
  const auto report = transport->socket->send(action.datagram);
  if (report.pending) state_->log_icmp_error(action.transport, report.pending);
  if (report.failure) {
    state_->log.format(LogLevel::kWarning, "transport {}: {} octets not sent: {}",
                       number(action.transport), action.datagram.size(), report.failure.message());
  }
  state_->events.push_back(firmware::DatagramSent{action.transport, !report.failure});
}

void SocketNetwork::close(const firmware::CloseTransport& action) {
  state_->erase(action.transport);
  std::erase_if(state_->events, [&](const firmware::NetworkEvent& event) {
    return concerns(event, action.transport);
  });
}

void SocketNetwork::ask(Instant now, const firmware::Query& action) {
  state_->queries.ask(now, action);
}

void SocketNetwork::cancel(const firmware::CancelQuery& action) {
  state_->queries.cancel(action);
}

void SocketNetwork::handle_ready(Instant now, Tag tag) {
  if (tag.source == Source::kQuery) return state_->queries.handle_ready(now, tag);
  if (tag != kResolverTag) return state_->receive(TransportId{tag.id});

  while (const auto answer = state_->resolver.poll_answer()) state_->take_answer(*answer);
}

std::optional<firmware::NetworkEvent> SocketNetwork::poll_event() {
  if (state_->events.empty()) return state_->queries.poll_event();
  auto event = std::move(state_->events.front());
  state_->events.pop_front();
  return event;
}

void SocketNetwork::close_all() {
  while (!state_->transports.empty()) state_->erase(state_->transports.begin()->first);
  state_->events.clear();
  state_->queries.cancel_all();
}

bool SocketNetwork::has_running_lookup() const {
  return state_->resolver.has_running_lookup() || state_->queries.has_running_lookup();
}

}  // namespace vmodem::app
