// The DTLS sessions of one server, one for each peer endpoint. Bounded: the longest unused
// handshake gives way, then the longest unused session.
#pragma once

#include <list>
#include <memory>
#include <unordered_map>
#include <vector>

#include "net/sim/server/coap.h"

namespace vmodem::sim {

class DtlsPeers {
 public:
  // Borrowed for the lifetime of the object; `config` has security.
  DtlsPeers(std::uint32_t server, const ServerConfig& config, const WorldServices& services)
      : server_(server), config_(config), services_(services) {}

  void handle_datagram(Instant now, const net::Endpoint& peer, ByteView datagram);
  void handle_timeout(Instant now, const net::Endpoint& peer);
  // Drops what has no session to go through.
  void write(Instant now, const net::Endpoint& peer, ByteView plaintext);
  // Forgets all sessions without a word.
  void clear();

  [[nodiscard]] std::vector<PeerOctets> take_plaintexts();
  [[nodiscard]] std::vector<PeerOctets> take_datagrams();
  // The peers whose session is over.
  [[nodiscard]] std::vector<net::Endpoint> take_ended();

 private:
  using Order = std::list<net::Endpoint>;
  struct Entry {
    std::unique_ptr<dtls::Session> session;
    Order::iterator place;  // in handshaking_ or connected_
    bool is_connected = false;
    std::uint32_t sent = 0;
    bool is_silent = false;  // since a handshake, for good
    std::optional<JobKey> timer;
  };
  using Sessions = std::unordered_map<net::Endpoint, Entry, EndpointHash>;

  [[nodiscard]] Sessions::iterator open(Instant now, const net::Endpoint& peer);
  void make_room();
  void use(Entry& entry);
  void drain(Sessions::iterator entry);
  [[nodiscard]] bool passes(Entry& entry, ByteView datagram) const;
  [[nodiscard]] bool take_events(const net::Endpoint& peer, Entry& entry);
  void rearm(const net::Endpoint& peer, Entry& entry);
  void end(Sessions::iterator entry);

  std::uint32_t server_;
  const ServerConfig& config_;
  WorldServices services_;
  dtls::SessionStore resumable_;
  Sessions sessions_;
  Order handshaking_;  // the longest unused first
  Order connected_;
  std::vector<PeerOctets> plaintexts_;
  std::vector<PeerOctets> datagrams_;
  std::vector<net::Endpoint> ended_;
};

}  // namespace vmodem::sim
