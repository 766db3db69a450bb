// One server's message layer (RFC 7252 §4, RFC 7641 §4) over its resources: octets of a peer in,
// octets for peers out. Where they travel, plain or within DTLS, is not known here.
//
// In:  datagrams, the time, a site.
// Out: datagrams, events, the next deadline.
#pragma once

#include <set>
#include <unordered_map>
#include <vector>

#include "coap_core/codec.h"
#include "firmware/base/random.h"
#include "net/sim/server/answer_cache.h"
#include "net/sim/server/answer_override.h"
#include "net/sim/server/encoder.h"
#include "net/sim/server/event.h"
#include "net/sim/server/exchange_store.h"
#include "net/sim/server/observers.h"
#include "net/sim/site/site.h"

namespace vmodem::sim {

// What all servers of a world share.
struct WorldServices {
  Schedule& schedule;
  RandomSource& random;
  WorldEventLog& log;
  AnswerOverrides& overrides;
  CalendarTime calendar_start;
};

// A resource as it is now.
struct ResourceView {
  const Resource& resource;  // borrowed until the next change
  std::size_t observer_count;
};

struct PeerOctets {
  net::Endpoint peer;
  Bytes octets;
};

class CoapServer {
 public:
  // `config` and the services are borrowed for the lifetime of the server.
  CoapServer(std::uint32_t index, const ServerConfig& config, const WorldServices& services);

  void handle_datagram(Instant now, const net::Endpoint& peer, ByteView octets);
  // A job that this server has scheduled is due.
  void handle_job(Instant now, const Job& job);
  // The peer's session is over, and with it its observations (RFC 7252 §9.1).
  void forget_peer(const net::Endpoint& peer);

  // What has been sent since the last call, in order.
  [[nodiscard]] std::vector<PeerOctets> take_sent();
  // True once after each restart: sessions below are to be forgotten too.
  [[nodiscard]] bool take_restarted();

  void restart(Instant now, Duration downtime);
  // Neither hears nor sends before `until`.
  void set_silent(Instant until) { silent_until_ = until; }
  [[nodiscard]] bool is_silent(Instant now) const { return now < silent_until_; }
  [[nodiscard]] bool set_content(Instant now, const std::string& path, Representation content);
  [[nodiscard]] bool remove_resource(Instant now, const std::string& path);
  // Its observers are told, as of a change. Nothing where there is no such resource, or it cannot
  // be observed; else how many they are.
  [[nodiscard]] std::optional<std::size_t> notify_observers(Instant now, const std::string& path);
  [[nodiscard]] std::vector<ResourceView> resources() const;

 private:
  struct Shipment {
    MessageKey key;
    ServerExchange exchange;  // with the datagram
    bool is_confirmable = false;
    bool is_awaited = false;  // a separate response, whose request may come again
    std::uint32_t copies = 1;
    Duration copy_interval{};
    std::optional<std::uint64_t> answered{};  // the ticket of a request whose copies get the same
  };

  // A response to a request of its own, or all that come of an observation.
  struct Awaited {
    net::Endpoint peer;
    coap::Token token;
    bool is_observation;
  };

  struct Notification {
    Response response;
    bool is_last;  // an error: the observation is over
  };

  // coap_server.cc: receiving.
  void handle_fault(const net::Endpoint& peer, const coap::DecodeError& error);
  void handle_message(Instant now, const net::Endpoint& peer, const coap::MessageView& message);
  void handle_acknowledged(Instant now, const MessageKey& key);
  void handle_reset(const MessageKey& key);
  void handle_response(const net::Endpoint& peer, const coap::MessageView& message);
  void handle_request(Instant now, const net::Endpoint& peer, const coap::MessageView& message);
  [[nodiscard]] bool is_copy(Instant now, const MessageKey& key, const coap::MessageView& message);
  void plan_initiated(Instant now, const net::Endpoint& peer);
  [[nodiscard]] bool strikes(Instant now);
  void remember(Instant now, const MessageKey& key);

  // coap_answers.cc: answering.
  void answer(Instant now, const net::Endpoint& peer, const AnswerConfig& manner);
  void answer_at_once(Instant now, const net::Endpoint& peer, const AnswerConfig& manner,
                      const Response& response);
  void answer_separately(Instant now, const net::Endpoint& peer, const AnswerConfig& manner,
                         const Response& response);
  void answer_instead(Instant now, const net::Endpoint& peer, const AnswerOverride& what);
  void acknowledge(Instant now, const net::Endpoint& peer, const AnswerConfig& manner);
  void refuse(Instant now, const net::Endpoint& peer);
  void ship(Instant now, Duration delay, Shipment shipment);
  void dispatch(Instant now, Shipment shipment);
  void handle_delayed(Instant now, std::uint64_t id);
  void retransmit(Instant now, const Job& job);
  void initiate(Instant now, const Job& job);

  // coap_notifications.cc.
  void observe(Instant now, const net::Endpoint& peer, Response& response);
  void start_ticking(Instant now, ResourceIndex resource);
  void handle_tick(Instant now, ResourceIndex resource);
  void notify(Instant now, ResourceIndex resource);
  void notify_changes(Instant now);
  void send_notification(Instant now, ResourceIndex resource, const ObserverKey& key);
  [[nodiscard]] Notification render(Instant now, ResourceIndex resource, const ObserverKey& key,
                                    const Observer& observer);
  void renew_notification(Instant due, const MessageKey& key, ServerExchange exchange);
  void drop_observer(ResourceIndex resource, const ObserverKey& key);

  void send(const net::Endpoint& peer, Bytes octets, bool is_notification = false);
  // `message` is the one that it is about.
  void report(WorldEventKind kind, const net::Endpoint& peer, ByteView message = {});
  [[nodiscard]] coap::MessageId next_message_id() { return message_id_++; }

  std::uint32_t index_;
  const ServerConfig& config_;
  WorldServices services_;
  Site site_;
  AnswerCache cache_;
  ExchangeStore exchanges_;
  Observers observers_;
  std::unordered_map<std::uint64_t, std::pair<JobKey, Shipment>> delayed_;
  std::uint64_t next_delayed_ = 0;
  std::set<ObserverKey> pending_;  // whose separate response is to come
  std::vector<Awaited> awaited_;   // the oldest first
  std::vector<PeerOctets> sent_;
  ByteView received_;                    // while it is being handled
  Request request_;                      // the one being handled; keeps its storage
  std::optional<std::uint64_t> ticket_;  // its ticket
  coap::MessageId message_id_ = 0;
  std::uint32_t requests_ = 0;
  std::vector<std::uint32_t> upon_counts_;  // requests that each of config_.initiated is meant for
  std::size_t planned_ = 0;                 // initiated requests that wait for their instant
  Instant silent_until_{};
  bool has_restarted_ = false;
};

}  // namespace vmodem::sim
