#include "tests/unit/dtls/bench.h"

#include "tests/support/catch.h"

namespace vmodem::dtls::testing {
namespace {

constexpr Instant kStart{};

End other(End end) {
  return end == End::kClient ? End::kServer : End::kClient;
}

void collect(Session& session, std::vector<Event>& events) {
  while (auto event = session.poll_event()) events.push_back(std::move(*event));
}

}  // namespace

PskCredential credential(std::string identity, std::string_view key) {
  return {std::move(identity), SecretBytes(to_bytes(key))};
}

ClientConfig client_config(RandomSource& random) {
  return {.credential = credential(), .random = &random};
}

ServerConfig server_config(RandomSource& random) {
  ServerConfig config{.random = &random};
  config.credentials.push_back(credential());
  return config;
}

Bench::Bench(ClientConfig client, ServerConfig server, WireRule rule)
    : rule_(std::move(rule)),
      client_(make_client_session(std::move(client))),
      server_(make_server_session(std::move(server), as_bytes(kClientAddress))) {
}

void Bench::connect(Duration limit) {
  server_->start(now_);
  client_->start(now_);
  settle();
  run_until(limit);
}

void Bench::run_until(Duration limit) {
  for (;;) {
    const auto due = earliest(client_->poll_timeout(), server_->poll_timeout());
    if (!due || *due > kStart + limit) return;
    now_ = *due;
    client_->handle_timeout(now_);
    server_->handle_timeout(now_);
    settle();
  }
}

void Bench::replace_client(ClientConfig config) {
  client_ = make_client_session(std::move(config));
  client_->start(now_);
  settle();
}

void Bench::settle() {
  for (bool is_moving = true; is_moving;) {
    is_moving = forward(End::kClient);
    is_moving = forward(End::kServer) || is_moving;
  }
  collect(*client_, events_[index(End::kClient)]);
  collect(*server_, events_[index(End::kServer)]);
}

bool Bench::forward(End from) {
  bool is_moving = false;
  while (auto datagram = session(from).poll_transmit()) {
    is_moving = true;
    sent.push_back({from, now_ - kStart, *datagram});
    const auto number = sent_count_[index(from)]++;
    const auto arriving = rule_ ? rule_(from, number, *datagram) : std::vector<Bytes>{*datagram};
    for (const auto& copy : arriving) session(other(from)).handle_datagram(now_, copy);
  }
  return is_moving;
}

void Bench::inject(End to, ByteView datagram) {
  session(to).handle_datagram(now_, datagram);
  settle();
}

void Bench::write(End from, std::string_view plaintext) {
  REQUIRE(session(from).write(now_, as_bytes(plaintext)));
  settle();
}

void Bench::close(End end) {
  session(end).close(now_);
  settle();
}

std::vector<Duration> Bench::instants_sent(End from) const {
  std::vector<Duration> instants;
  for (const auto& one : sent) {
    if (one.from == from) instants.push_back(one.at);
  }
  return instants;
}

std::vector<std::string> Bench::plaintexts(End at) const {
  std::vector<std::string> texts;
  for (const auto& received : all<PlaintextReceived>(at)) {
    texts.emplace_back(as_text(received.plaintext));
  }
  return texts;
}

void Alone::run(std::function<std::vector<Bytes>(const Bytes&)> answer) {
  auto now = kStart;
  session->start(now);
  for (;;) {
    while (const auto datagram = session->poll_transmit()) {
      sent_at.push_back(now - kStart);
      if (!answer) continue;
      for (const auto& back : answer(*datagram)) session->handle_datagram(now, back);
    }
    collect(*session, events);
    const auto due = session->poll_timeout();
    if (!due) break;
    now = *due;
    session->handle_timeout(now);
  }
  ended_at = now - kStart;
}

Failed only_failure(const std::vector<Event>& events) {
  REQUIRE(events.size() == 1);
  const auto* failed = std::get_if<Failed>(&events.front());
  REQUIRE(failed != nullptr);
  return *failed;
}

}  // namespace vmodem::dtls::testing
