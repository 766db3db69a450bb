#include "net/sim/world.h"

#include <algorithm>
#include <utility>

namespace vmodem::sim {

struct World::Server {
  const ServerConfig& config;
  CoapServer coap;
  std::unique_ptr<DtlsPeers> dtls;  // null: plain CoAP
};

World::World(WorldConfig config, RandomSource& random)
    : config_(std::move(config)), queries_(config_, schedule_) {
  const WorldServices services{schedule_, random, log_, overrides_, config_.calendar_start};
  for (const auto& server : config_.servers) {
    const auto index = static_cast<std::uint32_t>(servers_.size());
    auto dtls = server.security ? std::make_unique<DtlsPeers>(index, server, services) : nullptr;
    servers_.push_back(std::unique_ptr<Server>(
        new Server{server, CoapServer(index, server, services), std::move(dtls)}));
    const bool is_new = index_.emplace(server.endpoint, index).second;
    BG_CHECK(is_new, "whoever reads a configuration refuses two servers at one endpoint");
  }
}

World::~World() = default;

World::Server* World::find(const net::Endpoint& endpoint) const {
  const auto entry = index_.find(endpoint);
  return entry == index_.end() ? nullptr : servers_[entry->second].get();
}

bool World::has_server(const net::Endpoint& endpoint) const {
  return index_.contains(endpoint);
}

bool World::has_host(const net::IpAddress& address) const {
  const auto is_at = [&](const ServerConfig& server) { return server.endpoint.address == address; };
  return queries_.has_host(address) || std::ranges::any_of(config_.servers, is_at);
}

std::vector<net::Endpoint> World::endpoints() const {
  std::vector<net::Endpoint> endpoints;
  for (const auto& server : config_.servers) endpoints.push_back(server.endpoint);
  return endpoints;
}

std::optional<World::ServerView> World::server(Instant now, const net::Endpoint& endpoint) const {
  const auto* const server = find(endpoint);
  if (server == nullptr) return std::nullopt;
  return ServerView{endpoint, server->dtls != nullptr, server->coap.is_silent(now),
                    server->coap.resources()};
}

void World::handle_datagram(Instant now, const net::Datagram& datagram) {
  set_mark(datagram.mark);
  auto* const server = find(datagram.to);
  if (server == nullptr) {
    return log_.report({WorldEventKind::kUnreachable, datagram.to, datagram.from});
  }
  if (server->coap.is_silent(now)) return;

  if (server->dtls) {
    server->dtls->handle_datagram(now, datagram.from, datagram.octets);
  } else {
    server->coap.handle_datagram(now, datagram.from, datagram.octets);
  }
  drain(now, *server);
}

void World::handle_query(Instant now, QueryId id, const Query& query) {
  queries_.handle_query(now, id, query);
}

void World::handle_timeout(Instant now) {
  while (const auto job = schedule_.pop_due(now)) handle_job(now, *job);
}

void World::handle_job(Instant now, const Job& job) {
  set_mark(job.mark);
  if (job.kind == JobKind::kAnswer) return queries_.handle_job(now, job);

  auto& server = *servers_[job.server];
  if (job.kind == JobKind::kDtls) {
    server.dtls->handle_timeout(now, job.peer);
  } else {
    server.coap.handle_job(now, job);
  }
  drain(now, server);
}

// Moves what the two layers of a server have for each other until both are quiet.
void World::drain(Instant now, Server& server) {
  if (server.coap.take_restarted() && server.dtls) server.dtls->clear();
  if (!server.dtls) return send(server.config.endpoint, server.coap.take_sent());

  while (true) {
    for (const auto& peer : server.dtls->take_ended()) server.coap.forget_peer(peer);
    for (const auto& [peer, plaintext] : server.dtls->take_plaintexts()) {
      server.coap.handle_datagram(now, peer, plaintext);
    }
    const auto answers = server.coap.take_sent();
    if (answers.empty()) break;
    for (const auto& [peer, octets] : answers) server.dtls->write(now, peer, octets);
  }
  if (server.coap.take_restarted()) server.dtls->clear();
  auto datagrams = server.dtls->take_datagrams();
  // A server that has just gone down takes what it had not sent along.
  if (!server.coap.is_silent(now)) send(server.config.endpoint, std::move(datagrams));
}

void World::send(const net::Endpoint& from, std::vector<PeerOctets> sent) {
  for (auto& [peer, octets] : sent) {
    if (datagrams_.size() >= config_.datagrams_max) {
      log_.report({WorldEventKind::kOverflow, from, peer});
      continue;
    }
    datagrams_.push_back({from, peer, std::move(octets), schedule_.mark()});
  }
}

std::optional<net::Datagram> World::poll_datagram() {
  if (datagrams_.empty()) return std::nullopt;
  auto datagram = std::move(datagrams_.front());
  datagrams_.pop_front();
  return datagram;
}

bool World::set_content(Instant now, const net::Endpoint& endpoint, const std::string& path,
                        Representation content) {
  auto* const server = find(endpoint);
  if (server == nullptr || !server->coap.set_content(now, path, std::move(content))) return false;
  drain(now, *server);
  return true;
}

bool World::remove_resource(Instant now, const net::Endpoint& endpoint, const std::string& path) {
  auto* const server = find(endpoint);
  if (server == nullptr || !server->coap.remove_resource(now, path)) return false;
  drain(now, *server);
  return true;
}

std::optional<std::size_t> World::notify_observers(Instant now, const net::Endpoint& endpoint,
                                                   const std::string& path) {
  auto* const server = find(endpoint);
  if (server == nullptr) return std::nullopt;
  const auto count = server->coap.notify_observers(now, path);
  drain(now, *server);
  return count;
}

bool World::restart_server(Instant now, const net::Endpoint& endpoint, Duration downtime) {
  auto* const server = find(endpoint);
  if (server == nullptr) return false;
  server->coap.restart(now, downtime);
  drain(now, *server);
  return true;
}

bool World::set_silent(const net::Endpoint& endpoint, Instant until) {
  auto* const server = find(endpoint);
  if (server == nullptr) return false;
  server->coap.set_silent(until);
  return true;
}

}  // namespace vmodem::sim
