// A random host and a random, lossy, duplicating peer, for hours of virtual time.
#include <algorithm>
#include <map>
#include <set>

#include "coap_core/codec.h"
#include "tests/support/catch.h"
#include "tests/unit/coap_core/timeline.h"

using namespace vmodem;
using namespace vmodem::coap;

namespace {

constexpr auto kHost = RandomStream::kFault;
constexpr auto kPeer = RandomStream::kPeer;
constexpr auto kLink = RandomStream::kLink;

class Soak {
 public:
  Soak(std::uint64_t seed, int nstart)
      : random_(seed), layer_(parameters(), {.nstart = nstart, .queue_size_max = 2}, random_) {}

  void run(int steps) {
    for (int step = 0; step < steps; ++step) {
      pass_time();
      const auto choice = random_.below(kHost, 8);
      if (choice < 3) send_something();
      if (choice == 3) replay_something();
      if (choice == 4) layer_.handle_datagram(now_, rubbish());
      drain();
    }
    layer_.end_session(now_);
    drain();
  }

  void check() const {
    CHECK(pending_.empty());
    CHECK_FALSE(layer_.poll_timeout());
    CHECK(accepted_ > 0);
    CHECK(refused_ > 0);
    // Each way to be concluded has occurred.
    for (const Outcome outcome : {Outcome::kAcknowledged, Outcome::kReset, Outcome::kTimedOut,
                                  Outcome::kSent, Outcome::kNotSent}) {
      INFO("outcome " << static_cast<int>(outcome));
      CHECK(outcomes_.count(outcome) == 1);
    }
    CHECK(layer_.drop_count(DropReason::kDuplicate) > 0);
  }

 private:
  struct Pending {
    Type type;
    int retransmission_ended = 0;
  };

  static TransmissionParameters parameters() { return {.ack_timeout = 2s, .max_retransmit = 4}; }

  bool happens(RandomStream stream, double probability) {
    return random_.fraction(stream) < probability;
  }

  void pass_time() {
    const Instant end = now_ + Duration(random_.below(kHost, 1'000'000'000));
    for (auto due = layer_.poll_timeout(); due && *due <= end; due = layer_.poll_timeout()) {
      REQUIRE(*due >= now_);
      now_ = *due;
      layer_.handle_timeout(now_);
      drain();
    }
    now_ = end;
  }

  void send_something() {
    Message message{.type = static_cast<Type>(random_.below(kHost, 4)),
                    .code = static_cast<Code>(random_.below(kHost, 5)),
                    .message_id = static_cast<MessageId>(random_.below(kHost, 20))};
    if (message.type >= Type::kAcknowledgement) message.code = Code::kEmpty;
    if (!is_empty(message.code)) {
      message.token = token(random_.below(kHost, 200));
      if (happens(kHost, 0.2)) {
        message = with_observe(message, static_cast<std::uint32_t>(random_.below(kHost, 2)));
      }
    }
    const auto id = layer_.send(now_, message);
    if (!id) {
      ++refused_;
      return;
    }
    ++accepted_;
    REQUIRE(pending_.emplace(*id, Pending{message.type}).second);
  }

  static Token token(std::uint64_t number) {
    const std::array octets{static_cast<std::uint8_t>(number)};
    return Token(octets);
  }

  Bytes rubbish() {
    Bytes datagram(random_.below(kPeer, 12));
    random_.fill(kPeer, datagram);
    return datagram;
  }

  void drain() {
    for (bool is_stable = false; !is_stable;) {
      is_stable = true;
      while (const auto transmit = layer_.poll_transmit()) {
        const bool handed_over = !happens(kLink, 0.05);
        layer_.handle_transmitted(now_, transmit->id, handed_over);
        if (handed_over) deliver_to_peer(transmit->datagram);
        is_stable = false;
      }
      while (const auto event = layer_.poll_event()) {
        note(*event);
        is_stable = false;
      }
    }
  }

  void deliver_to_peer(const Bytes& datagram) {
    if (happens(kLink, 0.4)) return;
    const auto heard = decode(datagram);
    REQUIRE(heard);
    if (heard->type != Type::kConfirmable && heard->type != Type::kNonConfirmable) return;

    for (const Message& answer : answers(*heard)) {
      if (happens(kLink, 0.3)) continue;
      sent_by_peer_.push_back(encode(answer));
      layer_.handle_datagram(now_, sent_by_peer_.back());
      if (happens(kLink, 0.2)) layer_.handle_datagram(now_, sent_by_peer_.back());
    }
    if (sent_by_peer_.size() > 100) sent_by_peer_.erase(sent_by_peer_.begin());
  }

  std::vector<Message> answers(const MessageView& heard) {
    const auto own_id = static_cast<MessageId>(1000 + random_.below(kPeer, 30));
    Message reply{.type = Type::kAcknowledgement, .message_id = heard.message_id};
    if (is_empty(heard.code) || happens(kPeer, 0.1)) {
      reply.type = Type::kReset;
      return {reply};
    }
    Message separate{.type = happens(kPeer, 0.5) ? Type::kConfirmable : Type::kNonConfirmable,
                     .code = Code::kContent,
                     .message_id = own_id,
                     .token = heard.token};
    if (happens(kPeer, 0.3)) separate = with_observe(separate, own_id);
    if (heard.type == Type::kNonConfirmable) return {separate};
    if (happens(kPeer, 0.5)) return {reply, separate};
    reply.code = Code::kContent;
    reply.token = happens(kPeer, 0.9) ? heard.token : token(random_.below(kPeer, 200));
    return {reply};
  }

  void replay_something() {
    if (sent_by_peer_.empty()) return;
    layer_.handle_datagram(now_, sent_by_peer_[random_.below(kPeer, sent_by_peer_.size())]);
  }

  void note(const Event& event) {
    if (const auto* ended = std::get_if<RetransmissionEnded>(&event)) {
      const auto found = pending_.find(ended->id);
      REQUIRE(found != pending_.end());
      REQUIRE(ended->number == ++found->second.retransmission_ended);
    }
    if (const auto* sent = std::get_if<Retransmitted>(&event)) {
      const auto found = pending_.find(sent->id);
      REQUIRE(found != pending_.end());
      REQUIRE(sent->number == found->second.retransmission_ended + 1);
    }
    if (const auto* concluded = std::get_if<Concluded>(&event)) {
      const auto found = pending_.find(concluded->id);
      REQUIRE(found != pending_.end());
      REQUIRE(found->second.type == concluded->type);
      pending_.erase(found);
      outcomes_.insert(concluded->outcome);
    }
  }

  SeededRandom random_;
  MessageLayer layer_;
  Instant now_{};
  std::map<SendId, Pending> pending_;  // accepted and not concluded
  std::set<Outcome> outcomes_;
  std::vector<Bytes> sent_by_peer_;
  int accepted_ = 0;
  int refused_ = 0;
};

}  // namespace

TEST_CASE("whatever happens, every accepted message is concluded exactly once") {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    for (const int nstart : {1, 3}) {
      INFO("seed " << seed << ", nstart " << nstart);
      Soak soak(seed, nstart);
      soak.run(10'000);
      soak.check();
    }
  }
}

TEST_CASE("the tables stay bounded under thousands of tokens and message IDs") {
  SeededRandom random(1);
  MessageLayer layer({}, {}, random);
  Instant now{};
  // The oldest token and the oldest copy are forgotten once 64 others are remembered.
  for (MessageId id = 0; id < 10'000; ++id) {
    const std::array octets{static_cast<std::uint8_t>(id >> 8), static_cast<std::uint8_t>(id)};
    Message request = non_get(id);
    request.token = Token(octets);
    REQUIRE(layer.send(now, request));
    Message answer = response(Type::kConfirmable, id);
    answer.token = request.token;
    layer.handle_datagram(now, encode(answer));
    now += 1ms;
    while (const auto transmit = layer.poll_transmit()) {
      layer.handle_transmitted(now, transmit->id, true);
    }
    while (layer.poll_event()) continue;
  }
  Message forgotten = response(Type::kConfirmable, 100);
  forgotten.token = Token(octets("0064"));
  layer.handle_datagram(now, encode(forgotten));
  CHECK(layer.drop_count(DropReason::kUnknownToken) == 1);
  CHECK(layer.drop_count(DropReason::kDuplicate) == 0);
}
