#include "firmware/app/world/queries.h"

#include <deque>
#include <random>
#include <unordered_map>

#include "net/sockets/echo_socket.h"
#include "net/sockets/sntp.h"
#include "net/sockets/udp_socket.h"

namespace vmodem::app {
namespace {

using firmware::Answer;
using firmware::PingHost;
using firmware::Query;
using firmware::QueryError;
using firmware::QueryFailed;
using firmware::QueryId;
using firmware::ResolveName;
using net::Endpoint;

// Queries count from 1.
constexpr Tag kLookupTag{Source::kQuery, 0};

Tag to_tag(QueryId id) {
  return {Source::kQuery, static_cast<std::uint32_t>(id)};
}

// An answer that somebody else made up has to guess it.
std::uint64_t draw_mark() {
  std::random_device device;
  return static_cast<std::uint64_t>(device()) << 32 | device();
}

}  // namespace

struct HostQueries::State {
  // A question waits for its look-up, then for an answer on its socket.
  struct Pending {
    Query query;
    std::optional<net::LookupId> lookup{};
    net::IpAddress address{};
    std::optional<net::EchoSocket> echo{};
    std::optional<net::UdpSocket> udp{};
    std::uint64_t mark = 0;
    Instant sent_at{};
  };

  Poller& poller;
  const net::NetworkPolicy& policy;
  Log& log;
  net::Resolver resolver;
  std::unordered_map<QueryId, Pending> pending{};
  std::deque<firmware::Answered> answers{};

  void erase(QueryId id) {
    const auto it = pending.find(id);
    if (it == pending.end()) return;
    const auto& question = it->second;
    if (question.lookup) resolver.cancel(*question.lookup);
    if (question.echo) poller.forget(question.echo->fd());
    if (question.udp) poller.forget(question.udp->fd());
    pending.erase(it);
  }

  void answer(QueryId id, Answer what) {
    erase(id);
    answers.push_back({id, std::move(what)});
  }

  void fail(QueryId id, QueryError error, const std::string& why) {
    log.format(LogLevel::kWarning, "query {}: {}", static_cast<unsigned>(id), why);
    answer(id, QueryFailed{error, why});
  }

  void begin(Instant now, const Query& query) {
    auto& question = pending.emplace(query.id, Pending{.query = query}).first->second;
    const auto [host, port] = target_of(query);
    if (const auto route = policy.find_route(host, port)) {
      return meet(now, query.id, {route->address}, route->port, true);
    }
    if (const auto address = net::parse_ip_address(host)) {
      return meet(now, query.id, {*address}, port, false);
    }
    question.lookup = resolver.look_up(std::string(host));
  }

  // The target's addresses are known, best first. A route needs no permission.
  void meet(Instant now, QueryId id, const std::vector<net::IpAddress>& addresses,
            std::uint16_t port, bool is_routed) {
    if (std::holds_alternative<ResolveName>(pending.at(id).query.question)) {
      firmware::NameResolved resolved;
      for (const auto& address : addresses) resolved.addresses.push_back(to_string(address));
      return answer(id, std::move(resolved));
    }
    std::string why = "the name has no address";
    for (const auto& address : addresses) {
      const Endpoint target{address, port};
      auto refusal = is_routed ? std::nullopt : policy.refusal(target);
      if (!refusal && send(now, id, target, why)) return;
      if (refusal) why = std::move(*refusal);
    }
    fail(id, QueryError::kUnreachable, why);
  }

  bool send(Instant now, QueryId id, const Endpoint& target, std::string& why) {
    auto& question = pending.at(id);
    question.mark = draw_mark();
    question.address = target.address;
    question.sent_at = now;
    const auto* ping = std::get_if<PingHost>(&question.query.question);
    const auto error =
        ping != nullptr ? send_echo(question, ping->size) : send_sntp(question, target);
    if (!error) return true;
    why = fmt::format("{} cannot be {}: {}", to_string(target.address),
                      ping != nullptr ? "pinged" : "asked", error.message());
    return false;
  }

  std::error_code send_echo(Pending& question, std::size_t size) {
    auto socket = net::EchoSocket::open(question.address);
    if (!socket) return socket.error();
    if (const auto error = socket->send(static_cast<std::uint32_t>(question.mark), size)) {
      return error;
    }
    question.echo.emplace(std::move(*socket));
    poller.watch(question.echo->fd(), to_tag(question.query.id));
    return {};
  }

  std::error_code send_sntp(Pending& question, const Endpoint& target) {
    auto socket = net::UdpSocket::connect(target);
    if (!socket) return socket.error();
    const auto report = socket->send(net::make_sntp_request(question.mark));
    if (report.failure) return report.failure;
    question.udp.emplace(std::move(*socket));
    poller.watch(question.udp->fd(), to_tag(question.query.id));
    return {};
  }

  void receive_echo(QueryId id, Pending& question) {
    const auto reply = question.echo->receive();
    if (!reply) return fail(id, QueryError::kUnreachable, reply.error().message());
    if (*reply) answer(id, firmware::EchoReceived{to_string(question.address), (*reply)->ttl});
  }

  void receive_sntp(Instant now, QueryId id, Pending& question) {
    std::array<std::uint8_t, 512> buffer{};
    const auto size = question.udp->receive(buffer);
    if (!size) return fail(id, QueryError::kUnreachable, size.error().message());
    if (!*size) return;
    const auto utc =
        net::read_sntp_reply(ByteView(buffer).first(**size), question.mark, now - question.sent_at);
    if (!utc) return fail(id, QueryError::kBadAnswer, utc.error());
    answer(id, firmware::TimeTold{*utc});
  }

  void take_lookup(Instant now, const net::LookupAnswer& found) {
    for (auto& [id, question] : pending) {
      if (question.lookup != found.id) continue;
      question.lookup.reset();
      const auto query = id;
      if (!found.result) return fail(query, QueryError::kNameNotResolved, found.result.error());
      return meet(now, query, *found.result, target_of(question.query).port, false);
    }
  }
};

HostQueries::HostQueries(Poller& poller, const net::NetworkPolicy& policy, net::Lookup lookup,
                         Log& log)
    : state_(new State{poller, policy, log, net::Resolver(std::move(lookup))}) {
  poller.watch(state_->resolver.fd(), kLookupTag);
}

HostQueries::~HostQueries() {
  while (!state_->pending.empty()) state_->erase(state_->pending.begin()->first);
  state_->poller.forget(state_->resolver.fd());
}

void HostQueries::ask(Instant now, const Query& action) {
  state_->begin(now, action);
}

void HostQueries::cancel(const firmware::CancelQuery& action) {
  state_->erase(action.id);
  std::erase_if(state_->answers,
                [&](const firmware::Answered& answered) { return answered.query == action.id; });
}

void HostQueries::cancel_all() {
  while (!state_->pending.empty()) state_->erase(state_->pending.begin()->first);
  state_->answers.clear();
}

void HostQueries::handle_ready(Instant now, Tag tag) {
  if (tag == kLookupTag) {
    while (const auto found = state_->resolver.poll_answer()) state_->take_lookup(now, *found);
    return;
  }
  const QueryId id{tag.id};
  const auto it = state_->pending.find(id);
  if (it == state_->pending.end()) return;
  if (it->second.echo) return state_->receive_echo(id, it->second);
  if (it->second.udp) return state_->receive_sntp(now, id, it->second);
}

std::optional<firmware::Answered> HostQueries::poll_event() {
  if (state_->answers.empty()) return std::nullopt;
  auto answered = std::move(state_->answers.front());
  state_->answers.pop_front();
  return answered;
}

bool HostQueries::has_running_lookup() const {
  return state_->resolver.has_running_lookup();
}

}  // namespace vmodem::app
