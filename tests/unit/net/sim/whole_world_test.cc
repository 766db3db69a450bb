// A client's message layer, a poor link and the simulated internet, all on one virtual clock.
#include <map>

#include "coap_core/message_layer.h"
#include "firmware/base/overloaded.h"
#include "net/link/link_model.h"
#include "net/link/link_presets.h"
#include "tests/support/catch.h"
#include "tests/unit/net/sim/world_timeline.h"

namespace vmodem::sim {
namespace {

struct Outcome {
  int concluded = 0;
  int responses = 0;
  coap::Outcome outcome = coap::Outcome::kSessionEnded;

  friend bool operator==(const Outcome&, const Outcome&) = default;
};

class WholeWorld {
 public:
  explicit WholeWorld(std::uint64_t seed, std::string_view preset = "cat-m1-poor")
      : random_(seed),
        world_(ready_world(), random_),
        link_(net::find_link_preset(preset)->config(), random_),
        client_({.ack_timeout = 2s, .ack_random_factor = 1.5, .max_retransmit = 5},
                {.nstart = 4, .queue_size_max = 64}, random_) {}

  // One request after another, each as soon as there is room for it.
  void run(int exchanges) {
    for (int i = 0; i < exchanges; ++i) {
      const auto id = static_cast<coap::MessageId>(i + 1);
      const auto token =
          coap::Token(Bytes{static_cast<std::uint8_t>(i >> 8), static_cast<std::uint8_t>(i)});
      constexpr std::string_view kPaths[] = {"test", "separate", "query", "nowhere", "large"};
      auto message = con_get(id, kPaths[random_.below(RandomStream::kFault, std::size(kPaths))]);
      message.token = token;
      const auto sent = client_.send(now_, message);
      REQUIRE(sent.has_value());
      ids_[*sent] = static_cast<std::size_t>(i);
      outcomes.emplace_back();
      settle();
      advance(1s);
    }
    advance(1h);
  }

  std::vector<Outcome> outcomes;
  std::uint64_t datagrams = 0;
  std::uint64_t hash = 0xCBF29CE484222325;

 private:
  void advance(Duration by) {
    const auto until = now_ + by;
    while (const auto next = earliest(earliest(world_.poll_timeout(), link_.poll_timeout()),
                                      client_.poll_timeout())) {
      if (*next > until) break;
      now_ = *next;
      world_.handle_timeout(now_);
      client_.handle_timeout(now_);
      while (auto delivery = link_.poll_delivery(now_)) deliver(*delivery);
      settle();
    }
    now_ = until;
  }

  void deliver(const net::Delivery& delivery) {
    note(delivery.datagram.octets);
    if (delivery.direction == net::Direction::kUplink) {
      world_.handle_datagram(now_, delivery.datagram);
    } else {
      client_.handle_datagram(now_, delivery.datagram.octets);
    }
    settle();
  }

  void settle() {
    while (auto transmit = client_.poll_transmit()) {
      link_.send(now_, net::Direction::kUplink,
                 {kClient, kPlugtest, std::move(transmit->datagram)});
      client_.handle_transmitted(now_, transmit->id, true);
    }
    while (auto datagram = world_.poll_datagram()) {
      link_.send(now_, net::Direction::kDownlink, std::move(*datagram));
    }
    while (const auto event = client_.poll_event()) {
      std::visit(Overloaded{[&](const coap::Concluded& concluded) { conclude(concluded); },
                            [&](const coap::Received& received) { receive(received); },
                            [](const auto&) {}},
                 *event);
    }
  }

  void conclude(const coap::Concluded& concluded) {
    const auto id = ids_.find(concluded.id);
    if (id == ids_.end()) return;  // the client's own ACKs
    ++outcomes[id->second].concluded;
    outcomes[id->second].outcome = concluded.outcome;
  }

  void receive(const coap::Received& received) {
    const auto token = received.message.token.view();
    REQUIRE(token.size() == 2);
    ++outcomes[static_cast<std::size_t>(token[0]) << 8 | token[1]].responses;
  }

  // FNV-1a.
  void note(ByteView octets) {
    ++datagrams;
    for (const auto octet : octets) hash = (hash ^ octet) * 0x100000001B3;
    hash ^= static_cast<std::uint64_t>(now_.time_since_epoch().count());
  }

  SeededRandom random_;
  World world_;
  net::LinkModel link_;
  coap::MessageLayer client_;
  Instant now_{};
  std::map<coap::SendId, std::size_t> ids_;
};

TEST_CASE("1,000 exchanges over a poor link are concluded once each and answered at most once") {
  const auto seed = GENERATE(1U, 2U, 3U);
  CAPTURE(seed);
  WholeWorld whole(seed);
  whole.run(1000);
  int acknowledged = 0;
  int answered = 0;
  for (const auto& outcome : whole.outcomes) {
    REQUIRE(outcome.concluded == 1);
    REQUIRE(outcome.responses <= 1);
    acknowledged += outcome.outcome == coap::Outcome::kAcknowledged ? 1 : 0;
    answered += outcome.responses;
  }
  // Six tries at a loss of some 13 % each way and back: nearly all get through.
  CHECK(acknowledged > 990);
  CHECK(answered > 980);
  CHECK(whole.datagrams > 2'000);
}

TEST_CASE("The same seed gives the same datagrams at the same instants, another seed others") {
  const auto run = [](std::uint64_t seed) {
    WholeWorld whole(seed);
    whole.run(200);
    return std::tuple{whole.hash, whole.datagrams, whole.outcomes};
  };
  CHECK(run(5) == run(5));
  CHECK(std::get<0>(run(5)) != std::get<0>(run(6)));
}

TEST_CASE("A tunnel of 30 s delays exchanges and loses none") {
  WholeWorld whole(1, "tunnel");
  whole.run(60);
  for (const auto& outcome : whole.outcomes) {
    REQUIRE(outcome.concluded == 1);
    CHECK(outcome.outcome == coap::Outcome::kAcknowledged);
  }
}

}  // namespace
}  // namespace vmodem::sim
