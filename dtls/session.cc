#include "dtls/session.h"

#include <algorithm>
#include <utility>

#include "dtls/alert.h"
#include "dtls/cookie_exchange.h"
#include "dtls/datagram_filter.h"
#include "dtls/engine.h"
#include "dtls/handshake_watch.h"
#include "firmware/base/check.h"
#include "firmware/base/hex.h"
#include "firmware/base/queue.h"

namespace vmodem::dtls {
namespace {

enum class State : std::uint8_t { kIdle, kHandshaking, kConnected, kEnded };

class EngineSession final : public Session, private EngineHost {
 public:
  EngineSession(EngineConfig config, std::optional<Duration> negotiation_time)
      : role_(config.role),
        negotiation_time_(negotiation_time),
        filter_(config.role),
        engine_(make_engine(std::move(config), *this)) {}

  void start(Instant now) override;
  void handle_datagram(Instant now, ByteView datagram) override;
  void handle_timeout(Instant now) override;
  [[nodiscard]] Expected<void, WriteError> write(Instant now, ByteView plaintext) override;
  void close(Instant now) override;

  [[nodiscard]] std::optional<Bytes> poll_transmit() override { return transmits_.take_front(); }
  [[nodiscard]] std::optional<Event> poll_event() override { return events_.take_front(); }
  [[nodiscard]] std::optional<Instant> poll_timeout() const override;
  [[nodiscard]] bool is_connected() const override { return state_ == State::kConnected; }

 private:
  void send(ByteView datagram) override;
  [[nodiscard]] std::size_t receive(std::span<std::uint8_t> room) override;
  void set_timer(Duration intermediate_delay, Duration final_delay) override;
  [[nodiscard]] TimerState timer_state() const override;
  void log_keys(ByteView client_random, ByteView master_secret) override;

  // False where the datagram has been dealt with.
  [[nodiscard]] bool passes_cookie_exchange(ByteView datagram);
  void drive();
  void apply(Advance advance);
  void become_connected();
  void handle_close_notify();
  void fail_in_silence();
  void fail(FailureReason reason, std::optional<std::uint8_t> alert = std::nullopt);
  void end(Event last);

  Role role_;
  State state_ = State::kIdle;
  Instant now_{};
  std::optional<Duration> negotiation_time_;
  std::optional<Instant> negotiation_deadline_;
  std::optional<Instant> intermediate_deadline_;
  std::optional<Instant> final_deadline_;
  ByteView incoming_;  // the datagram of the handle_datagram() that runs
  HandshakeWatch watch_;
  CookieExchange cookies_;  // a client's
  DatagramFilter filter_;
  Queue<Bytes> transmits_;
  Queue<Event> events_;
  std::unique_ptr<Engine>
      engine_;  // last: it calls back while it is made; gone with the session's end
};

void EngineSession::start(Instant now) {
  if (state_ == State::kEnded) return;
  BG_CHECK(state_ == State::kIdle, "a session starts once");
  now_ = now;
  state_ = State::kHandshaking;
  if (!engine_) return fail(FailureReason::kLocal);

  if (negotiation_time_) negotiation_deadline_ = now + *negotiation_time_;
  drive();
}

void EngineSession::handle_datagram(Instant now, ByteView datagram) {
  // What was due before the datagram came is served first, each deadline at its own instant.
  handle_timeout(now);
  if (state_ != State::kHandshaking && state_ != State::kConnected) return;

  if (state_ == State::kHandshaking) {
    watch_.note_received(datagram);
    if (!passes_cookie_exchange(datagram)) return;
  }
  incoming_ = filter_.admit(datagram, is_connected());
  if (incoming_.empty()) return;

  drive();
  incoming_ = {};
}

bool EngineSession::passes_cookie_exchange(ByteView datagram) {
  if (role_ == Role::kServer) return true;
  switch (cookies_.judge(datagram)) {
    case CookieExchange::Verdict::kTake:
      return true;
    case CookieExchange::Verdict::kIgnore:
      return false;
    case CookieExchange::Verdict::kRestart:
      break;
  }
  if (!engine_->restart()) {
    fail(FailureReason::kLocal);
  } else {
    drive();
  }
  return false;
}

void EngineSession::handle_timeout(Instant now) {
  for (auto due = poll_timeout(); due && *due <= now; due = poll_timeout()) {
    now_ = *due;
    if (due == negotiation_deadline_) return fail_in_silence();
    drive();
  }
  now_ = now;
}

Expected<void, WriteError> EngineSession::write(Instant now, ByteView plaintext) {
  if (state_ != State::kConnected) return unexpected(WriteError::kNotConnected);
  if (plaintext.size() > engine_->payload_size_max()) return unexpected(WriteError::kTooLarge);

  now_ = now;
  engine_->write(plaintext);
  return {};
}

void EngineSession::close(Instant now) {
  if (state_ == State::kEnded) return;
  now_ = now;
  if (state_ == State::kConnected) engine_->close();
  end(Closed{.by_peer = false});
}

std::optional<Instant> EngineSession::poll_timeout() const {
  return earliest(final_deadline_, negotiation_deadline_);
}

void EngineSession::send(ByteView datagram) {
  watch_.note_sent(datagram);
  cookies_.note_sent(datagram);
  filter_.note_sent(datagram);
  transmits_.emplace_back(datagram.begin(), datagram.end());
}

std::size_t EngineSession::receive(std::span<std::uint8_t> room) {
  const auto datagram = std::exchange(incoming_, {});
  if (datagram.size() > room.size()) return 0;
  std::ranges::copy(datagram, room.begin());
  return datagram.size();
}

void EngineSession::set_timer(Duration intermediate_delay, Duration final_delay) {
  if (final_delay == Duration::zero()) {
    intermediate_deadline_.reset();
    final_deadline_.reset();
    return;
  }
  intermediate_deadline_ = now_ + intermediate_delay;
  final_deadline_ = now_ + final_delay;
}

TimerState EngineSession::timer_state() const {
  if (!final_deadline_) return TimerState::kCancelled;
  if (now_ >= *final_deadline_) return TimerState::kOver;
  if (now_ >= *intermediate_deadline_) return TimerState::kIntermediateOver;
  return TimerState::kRunning;
}

void EngineSession::log_keys(ByteView client_random, ByteView master_secret) {
  events_.emplace_back(KeyLogLine{"CLIENT_RANDOM " + to_hex_lower(client_random) + " " +
                                  to_hex_lower(master_secret)});
}

void EngineSession::drive() {
  while (engine_) {
    auto advance = engine_->advance();
    if (advance.outcome == Outcome::kStarved) return;
    apply(std::move(advance));
  }
}

void EngineSession::apply(Advance advance) {
  switch (advance.outcome) {
    case Outcome::kStarved:
      return;
    case Outcome::kEstablished:
      return become_connected();
    case Outcome::kRestarted:
      state_ = State::kHandshaking;
      watch_ = {};
      return;
    case Outcome::kPlaintext:
      events_.emplace_back(PlaintextReceived{std::move(advance.plaintext)});
      return;
    case Outcome::kPeerClosed:
      return handle_close_notify();
    case Outcome::kPeerAlert:
      return fail(FailureReason::kAlert, advance.alert);
    case Outcome::kPeerSilent:
      return fail_in_silence();
    case Outcome::kPeerFault:
      return fail(FailureReason::kProtocol);
    case Outcome::kLocalFault:
      return fail(FailureReason::kLocal);
  }
}

void EngineSession::become_connected() {
  state_ = State::kConnected;
  negotiation_deadline_.reset();
  const bool is_client = role_ == Role::kClient;
  // RFC 5246 §7.3: the server's Finished comes first where the handshake is abbreviated.
  events_.emplace_back(Connected{.suite = engine_->suite(),
                                 .version = engine_->version(),
                                 .is_resumed = is_client == watch_.peer_finished_first(),
                                 .resumption = is_client ? engine_->resumption() : SecretBytes{}});
}

void EngineSession::handle_close_notify() {
  if (state_ == State::kHandshaking) return fail(FailureReason::kAlert, kAlertCloseNotify);

  // RFC 5246 §7.2.1: the other party answers with a close_notify of its own.
  engine_->close();
  end(Closed{.by_peer = true});
}

void EngineSession::fail_in_silence() {
  auto reason = watch_.silence_reason();
  if (reason == FailureReason::kOnlyHelloVerify && cookies_.was_refused()) {
    reason = FailureReason::kCookieRefused;
  }
  fail(reason, watch_.alert());
}

void EngineSession::fail(FailureReason reason, std::optional<std::uint8_t> alert) {
  end(Failed{reason, alert, state_ == State::kConnected});
}

void EngineSession::end(Event last) {
  state_ = State::kEnded;
  negotiation_deadline_.reset();
  intermediate_deadline_.reset();
  final_deadline_.reset();
  engine_.reset();
  events_.push_back(std::move(last));
}

}  // namespace

std::unique_ptr<Session> make_client_session(ClientConfig config) {
  std::vector<PskCredential> credentials;
  credentials.push_back(std::move(config.credential));
  return std::make_unique<EngineSession>(
      EngineConfig{.role = Role::kClient,
                   .credentials = std::move(credentials),
                   .suites = std::move(config.suites),
                   .version_min = config.version_min,
                   .version_max = config.version_max,
                   .server_name = std::move(config.server_name),
                   .resumption = std::move(config.resumption),
                   .retransmission_min = config.retransmission_min,
                   .retransmission_max = config.retransmission_max,
                   .mtu = config.mtu,
                   .export_keys = config.export_keys,
                   .random = config.random},
      config.negotiation_time);
}

std::unique_ptr<Session> make_server_session(ServerConfig config, ByteView peer_address) {
  BG_CHECK(!peer_address.empty(), "a cookie is bound to something");
  return std::make_unique<EngineSession>(
      EngineConfig{.role = Role::kServer,
                   .credentials = std::move(config.credentials),
                   .suites = std::move(config.suites),
                   .sessions = config.sessions,
                   .peer_address = Bytes(peer_address.begin(), peer_address.end()),
                   .retransmission_min = config.retransmission_min,
                   .retransmission_max = config.retransmission_max,
                   .mtu = config.mtu,
                   .export_keys = config.export_keys,
                   .random = config.random},
      std::nullopt);
}

}  // namespace vmodem::dtls
