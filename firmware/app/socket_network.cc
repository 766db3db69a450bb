#include "firmware/app/socket_network.h"

#include <utility>  // Boost 1.74 uses std::exchange without it

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <deque>
#include <unordered_map>

#include "firmware/base/overloaded.h"
#include "net/udp_socket.h"

namespace vmodem::app {
namespace {

using boost::asio::posix::stream_descriptor;
using firmware::TransportError;
using firmware::TransportId;

// Readiness of a descriptor that somebody else owns and closes.
class Watch {
 public:
  Watch(boost::asio::io_context& io, int fd) : descriptor_(io, fd) {}
  ~Watch() { descriptor_.release(); }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  // Calls `handler` once, unless this ends first.
  template <class Handler>
  void wait_readable(Handler handler) {
    descriptor_.async_wait(stream_descriptor::wait_read,
                           [handler](const boost::system::error_code& error) {
                             if (!error) handler();
                           });
  }

 private:
  stream_descriptor descriptor_;
};

// A transport waits for its look-up, then has its socket.
struct Transport {
  std::string host;
  std::uint16_t port = 0;
  std::optional<net::LookupId> lookup;
  std::optional<net::UdpSocket> socket;
  std::optional<Watch> watch;  // behind the socket: ends before it
};

unsigned number(TransportId id) {
  return static_cast<unsigned>(id);
}

}  // namespace

struct SocketNetwork::State {
  boost::asio::io_context& io;
  net::NetworkPolicy policy;
  Log& log;
  net::Resolver resolver;
  Watch resolver_watch{io, resolver.fd()};
  std::unordered_map<TransportId, Transport> transports{};
  std::deque<NetworkEvent> events{};
  // Not zeroed: pages that no datagram needs stay out of memory.
  std::unique_ptr<std::uint8_t[]> buffer =
      std::make_unique_for_overwrite<std::uint8_t[]>(net::kDatagramSizeMax);

  Transport* find(TransportId id) {
    const auto it = transports.find(id);
    return it == transports.end() ? nullptr : &it->second;
  }

  void fail(TransportId id, TransportError error, const std::string& why) {
    transports.erase(id);
    log.format(LogLevel::kWarning, "transport {}: {}", number(id), why);
    events.push_back(OpenFailed{id, error, why});
  }

  bool connect(TransportId id, const net::Endpoint& target, std::string& why) {
    auto& transport = transports.at(id);
    auto socket = net::UdpSocket::connect(target);
    if (!socket) {
      why = fmt::format("{} cannot be reached: {}", to_string(target), socket.error().message());
      return false;
    }
    transport.socket.emplace(std::move(*socket));
    transport.watch.emplace(io, transport.socket->fd());
    watch_socket(id, transport);
    log.format(LogLevel::kDebug, "transport {}: {} port {} is {}", number(id), transport.host,
               transport.port, to_string(target));
    events.push_back(Opened{id});
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

  void watch_socket(TransportId id, Transport& transport) {
    transport.watch->wait_readable([this, id] { receive(id); });
  }

  void receive(TransportId id) {
    auto* transport = find(id);
    if (transport == nullptr) return;

    const std::span room(buffer.get(), net::kDatagramSizeMax);
    const auto size = transport->socket->receive(room);
    if (!size) log_icmp_error(id, size.error());
    if (size && *size) {
      const auto datagram = room.first(**size);
      events.push_back(DatagramReceived{id, Bytes(datagram.begin(), datagram.end())});
    }
    watch_socket(id, *transport);
  }

  // RFC 7252 §4.2 leaves it to the retransmissions to find out.
  void log_icmp_error(TransportId id, const std::error_code& error) {
    log.format(LogLevel::kInfo, "transport {}: ICMP error ignored: {}", number(id),
               error.message());
  }

  void watch_resolver() {
    resolver_watch.wait_readable([this] {
      while (auto answer = resolver.poll_answer()) take_answer(*answer);
      watch_resolver();
    });
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

SocketNetwork::SocketNetwork(boost::asio::io_context& io, net::NetworkPolicy policy,
                             net::Lookup lookup, Log& log)
    : state_(new State{io, std::move(policy), log, net::Resolver(std::move(lookup))}) {
  state_->watch_resolver();
}

SocketNetwork::~SocketNetwork() = default;

void SocketNetwork::open(Instant, const firmware::OpenTransport& action) {
  const auto& [id, host, port] = action;
  auto& transport = state_->transports[id];
  transport.host = host;
  transport.port = port;
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
    state_->events.push_back(DatagramSent{action.transport, false});
    return;
  }
  const auto report = transport->socket->send(action.datagram);
  if (report.pending) state_->log_icmp_error(action.transport, report.pending);
  if (report.failure) {
    state_->log.format(LogLevel::kWarning, "transport {}: {} octets not sent: {}",
                       number(action.transport), action.datagram.size(), report.failure.message());
  }
  state_->events.push_back(DatagramSent{action.transport, !report.failure});
}

void SocketNetwork::close(const firmware::CloseTransport& action) {
  if (const auto* transport = state_->find(action.transport)) {
    if (transport->lookup) state_->resolver.cancel(*transport->lookup);
  }
  state_->transports.erase(action.transport);
  std::erase_if(state_->events, [&](const NetworkEvent& event) {
    return std::visit([&](const auto& news) { return news.transport == action.transport; }, event);
  });
}

std::optional<NetworkEvent> SocketNetwork::poll_event() {
  if (state_->events.empty()) return std::nullopt;
  auto event = std::move(state_->events.front());
  state_->events.pop_front();
  return event;
}

bool SocketNetwork::has_running_lookup() const {
  return state_->resolver.has_running_lookup();
}

}  // namespace vmodem::app
