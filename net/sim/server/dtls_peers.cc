#include "net/sim/server/dtls_peers.h"

#include <utility>

#include "dtls/record.h"
#include "firmware/base/overloaded.h"

namespace vmodem::sim {
namespace {

bool is_client_hello(ByteView datagram) {
  const auto record = dtls::next_record(datagram);
  return record && record->is_clear_handshake(dtls::HandshakeType::kClientHello);
}

// RFC 6347 §4.1, RFC 5246 §7.2: a fatal alert in the clear, epoch 0.
Bytes fatal_alert(std::uint8_t description) {
  return {static_cast<std::uint8_t>(dtls::ContentType::kAlert),
          0xFE,
          0xFD,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          2,
          2,
          description};
}

// The address a server binds its cookies to (RFC 6347 §4.2.1).
Bytes cookie_address(const net::Endpoint& peer) {
  const auto& octets = peer.address.octets();
  Bytes address(octets.begin(), octets.end());
  address.push_back(static_cast<std::uint8_t>(peer.port >> 8));
  address.push_back(static_cast<std::uint8_t>(peer.port));
  return address;
}

}  // namespace

void DtlsPeers::handle_datagram(Instant now, const net::Endpoint& peer, ByteView datagram) {
  const auto& handshake = config_.security->handshake;
  const bool is_hello = is_client_hello(datagram);
  if (is_hello && handshake.alert) {
    datagrams_.push_back({peer, fatal_alert(*handshake.alert)});
    return;
  }

  auto entry = sessions_.find(peer);
  // What begins no handshake belongs to a session that is forgotten: no answer, as RFC 6347
  // §4.1.2.7 wants for records that do not verify.
  if (entry == sessions_.end() && !is_hello) return;
  if (entry == sessions_.end()) entry = open(now, peer);

  use(entry->second);
  entry->second.session->handle_datagram(now, datagram);
  drain(entry);
}

void DtlsPeers::handle_timeout(Instant now, const net::Endpoint& peer) {
  const auto entry = sessions_.find(peer);
  BG_CHECK(entry != sessions_.end(), "a session that ends takes its timer along");
  entry->second.timer.reset();
  entry->second.session->handle_timeout(now);
  drain(entry);
}

void DtlsPeers::write(Instant now, const net::Endpoint& peer, ByteView plaintext) {
  const auto entry = sessions_.find(peer);
  if (entry == sessions_.end()) return;

  use(entry->second);
  const auto written = entry->second.session->write(now, plaintext);
  if (!written) services_.log.report({WorldEventKind::kOverflow, config_.endpoint, peer});
  drain(entry);
}

void DtlsPeers::clear() {
  while (!sessions_.empty()) end(sessions_.begin());
  resumable_ = {};
  ended_.clear();
}

DtlsPeers::Sessions::iterator DtlsPeers::open(Instant now, const net::Endpoint& peer) {
  make_room();
  const auto& security = *config_.security;
  auto session = dtls::make_server_session(
      {.credentials = security.credentials,
       .suites = security.suites,
       .sessions = security.handshake.resumes ? &resumable_ : nullptr,
       .random = &services_.random},
      cookie_address(peer));
  session->start(now);
  const auto place = handshaking_.insert(handshaking_.end(), peer);
  return sessions_.emplace(peer, Entry{.session = std::move(session), .place = place}).first;
}

void DtlsPeers::make_room() {
  if (sessions_.size() < config_.limits.sessions_max || sessions_.empty()) return;

  const auto& unused = handshaking_.empty() ? connected_.front() : handshaking_.front();
  services_.log.report({WorldEventKind::kOverflow, config_.endpoint, unused});
  end(sessions_.find(unused));
}

void DtlsPeers::use(Entry& entry) {
  auto& order = entry.is_connected ? connected_ : handshaking_;
  order.splice(order.end(), order, entry.place);
}

void DtlsPeers::drain(Sessions::iterator entry) {
  // By value: ending the session ends the key.
  const auto peer = entry->first;
  bool is_over = false;
  bool is_stable = false;
  while (!is_stable) {
    is_stable = true;
    while (auto datagram = entry->second.session->poll_transmit()) {
      is_stable = false;
      if (passes(entry->second, *datagram)) datagrams_.push_back({peer, std::move(*datagram)});
    }
    is_over |= take_events(peer, entry->second);
  }
  if (is_over) return end(entry);
  rearm(peer, entry->second);
}

bool DtlsPeers::passes(Entry& entry, ByteView datagram) const {
  if (entry.is_silent) return false;
  if (entry.is_connected) return true;

  const auto& handshake = config_.security->handshake;
  ++entry.sent;
  // It may be connected by now in its own eyes, and would send its last flight again.
  entry.is_silent = handshake.datagrams_max && entry.sent > *handshake.datagrams_max;
  if (entry.is_silent) return false;
  const auto record = dtls::next_record(datagram);
  const bool is_alert = record && record->type == dtls::ContentType::kAlert;
  return !(is_alert && handshake.hides_alerts);
}

// True where the session is over.
bool DtlsPeers::take_events(const net::Endpoint& peer, Entry& entry) {
  bool is_over = false;
  while (auto event = entry.session->poll_event()) {
    std::visit(
        Overloaded{[&](const dtls::Connected&) {
                     services_.log.report({WorldEventKind::kSessionOpened, config_.endpoint, peer});
                     if (entry.is_connected) return ended_.push_back(peer);
                     entry.is_connected = true;
                     connected_.splice(connected_.end(), handshaking_, entry.place);
                   },
                   [&](dtls::PlaintextReceived& received) {
                     plaintexts_.push_back({peer, std::move(received.plaintext)});
                   },
                   [&](const dtls::Closed&) { is_over = true; },
                   [&](const dtls::Failed&) { is_over = true; }, [](const dtls::KeyLogLine&) {}},
        *event);
  }
  return is_over;
}

void DtlsPeers::rearm(const net::Endpoint& peer, Entry& entry) {
  const auto deadline = entry.session->poll_timeout();
  if (entry.timer && deadline == entry.timer->first) return;

  if (entry.timer) services_.schedule.cancel(*entry.timer);
  entry.timer.reset();
  if (!deadline) return;
  entry.timer =
      services_.schedule.add(*deadline, {.kind = JobKind::kDtls, .server = server_, .peer = peer});
}

void DtlsPeers::end(Sessions::iterator entry) {
  if (entry->second.timer) services_.schedule.cancel(*entry->second.timer);
  (entry->second.is_connected ? connected_ : handshaking_).erase(entry->second.place);
  services_.log.report({WorldEventKind::kSessionEnded, config_.endpoint, entry->first});
  ended_.push_back(entry->first);
  sessions_.erase(entry);
}

std::vector<PeerOctets> DtlsPeers::take_plaintexts() {
  return std::exchange(plaintexts_, {});
}

std::vector<PeerOctets> DtlsPeers::take_datagrams() {
  return std::exchange(datagrams_, {});
}

std::vector<net::Endpoint> DtlsPeers::take_ended() {
  return std::exchange(ended_, {});
}

}  // namespace vmodem::sim
