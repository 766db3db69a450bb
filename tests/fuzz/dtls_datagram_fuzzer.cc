// A session between an honest peer and a wire that does what the input says: passes, loses, doubles
// and changes the peer's datagrams, and makes up others.
//
// Input: one octet of set-up, then steps. A step is an octet that names it and its operands.
#include <algorithm>
#include <variant>

#include "dtls/session.h"
#include "firmware/base/check.h"

using namespace vmodem;
using namespace vmodem::dtls;

namespace {

constexpr std::size_t kStepsMax = 64;
constexpr std::uint8_t kVictimIsServer = 0x01;
constexpr std::uint8_t kOffersCbc = 0x02;
constexpr std::uint8_t kBeginsConnected = 0x04;
constexpr std::uint8_t kHasSmallMtu = 0x08;

enum class Step : std::uint8_t { kPass, kLose, kDouble, kChange, kMakeUp, kTime, kWrite, kClose };
constexpr std::uint8_t kStepCount = 8;

class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size) : rest_(data, size) {}
  [[nodiscard]] bool is_empty() const { return rest_.empty(); }
  std::uint8_t octet() {
    const auto taken = take(1);
    return taken.empty() ? 0 : taken[0];
  }
  ByteView take(std::size_t size) {
    const auto taken = rest_.first(std::min(size, rest_.size()));
    rest_ = rest_.subspan(taken.size());
    return taken;
  }

 private:
  ByteView rest_;
};

PskCredential credential() {
  return {"identity", SecretBytes(to_bytes("key"))};
}

class Wire {
 public:
  explicit Wire(std::uint8_t set_up);
  void perform(Step step, Input& input);
  void check_end() const;

 private:
  void exchange_all();
  void answer();
  void deliver(ByteView datagram);
  std::optional<Bytes> next_of_peer();
  void count_events();

  SeededRandom random_{1};
  std::unique_ptr<Session> client_;
  std::unique_ptr<Session> server_;
  Session* victim_;
  Session* peer_;
  Instant now_{};
  std::size_t ends_ = 0;
  bool is_connected_ = false;
};

Wire::Wire(std::uint8_t set_up) {
  ClientConfig client{.credential = credential(), .random = &random_};
  ServerConfig server{.random = &random_};
  server.credentials.push_back(credential());
  if (set_up & kOffersCbc) client.suites = {CipherSuite::kPskAes128CbcSha256};
  if (set_up & kHasSmallMtu) client.mtu = server.mtu = 100;
  client.export_keys = true;

  client_ = make_client_session(std::move(client));
  server_ = make_server_session(std::move(server), as_bytes("peer"));
  victim_ = set_up & kVictimIsServer ? server_.get() : client_.get();
  peer_ = set_up & kVictimIsServer ? client_.get() : server_.get();
  server_->start(now_);
  client_->start(now_);
  answer();
  if (set_up & kBeginsConnected) exchange_all();
}

std::optional<Bytes> Wire::next_of_peer() {
  return peer_->poll_transmit();
}

void Wire::exchange_all() {
  while (const auto datagram = next_of_peer()) deliver(*datagram);
}

void Wire::deliver(ByteView datagram) {
  victim_->handle_datagram(now_, datagram);
  answer();
}

// What the victim says reaches its peer unharmed.
void Wire::answer() {
  while (const auto datagram = victim_->poll_transmit()) peer_->handle_datagram(now_, *datagram);
  while (peer_->poll_event()) continue;
  count_events();
}

void Wire::count_events() {
  while (const auto event = victim_->poll_event()) {
    BG_CHECK(ends_ == 0, "nothing follows the end");
    if (std::holds_alternative<Connected>(*event)) is_connected_ = true;
    if (std::holds_alternative<PlaintextReceived>(*event)) {
      BG_CHECK(is_connected_, "data comes after the handshake only");
    }
    if (const auto* failed = std::get_if<Failed>(&*event)) {
      BG_CHECK(!describe(*failed).empty(), "every failure has its sentence");
      ++ends_;
    }
    if (std::holds_alternative<Closed>(*event)) ++ends_;
  }
}

void Wire::perform(Step step, Input& input) {
  switch (step) {
    case Step::kPass:
      if (const auto datagram = next_of_peer()) deliver(*datagram);
      return;
    case Step::kLose:
      static_cast<void>(next_of_peer());
      return;
    case Step::kDouble:
      if (const auto datagram = next_of_peer()) {
        deliver(*datagram);
        deliver(*datagram);
      }
      return;
    case Step::kChange:
      if (auto datagram = next_of_peer()) {
        const auto at = input.octet();
        (*datagram)[at % datagram->size()] ^= input.octet();
        deliver(*datagram);
      }
      return;
    case Step::kMakeUp:
      return deliver(input.take(input.octet()));
    case Step::kTime:
      now_ += input.octet() * 250ms;
      victim_->handle_timeout(now_);
      peer_->handle_timeout(now_);
      return answer();
    case Step::kWrite:
      static_cast<void>(peer_->write(now_, Bytes(input.octet(), 'p')));
      static_cast<void>(victim_->write(now_, Bytes(input.octet(), 'v')));
      return answer();
    case Step::kClose:
      peer_->close(now_);
      return;
  }
}

void Wire::check_end() const {
  BG_CHECK(ends_ <= 1, "a session ends once");
  BG_CHECK(ends_ == 0 || !victim_->poll_timeout(), "nothing is due after the end");
  BG_CHECK(ends_ == 0 || !victim_->is_connected(), "an ended session is not connected");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  Wire wire(input.octet());
  for (std::size_t i = 0; i < kStepsMax && !input.is_empty(); ++i) {
    wire.perform(Step{static_cast<std::uint8_t>(input.octet() % kStepCount)}, input);
  }
  wire.check_end();
  return 0;
}
