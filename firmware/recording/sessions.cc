#include "firmware/recording/sessions.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "firmware/base/queue.h"
#include "firmware/recording/session_events.h"

namespace vmodem::recording {
namespace {

using nlohmann::json;

// What both have to show between calls.
class Outputs : public dtls::Session {
 public:
  std::optional<Bytes> poll_transmit() override { return datagrams_.take_front(); }
  std::optional<dtls::Event> poll_event() override { return events_.take_front(); }
  std::optional<Instant> poll_timeout() const override { return deadline_; }
  bool is_connected() const override { return is_connected_; }

 protected:
  Queue<Bytes> datagrams_;
  Queue<dtls::Event> events_;
  std::optional<Instant> deadline_;
  bool is_connected_ = false;
};

class RecordedSession final : public Outputs {
 public:
  RecordedSession(std::unique_ptr<dtls::Session> session, Recorder& recorder, std::uint32_t number)
      : session_(std::move(session)), recorder_(recorder), number_(number) {}

  void start(Instant now) override {
    session_->start(now);
    turn(true);
  }
  void handle_datagram(Instant now, ByteView datagram) override {
    session_->handle_datagram(now, datagram);
    turn(true);
  }
  void handle_timeout(Instant now) override {
    session_->handle_timeout(now);
    turn(true);
  }
  Expected<void, dtls::WriteError> write(Instant now, ByteView plaintext) override {
    auto written = session_->write(now, plaintext);
    turn(written.has_value());
    return written;
  }
  void close(Instant now) override {
    session_->close(now);
    turn(true);
  }

 private:
  void turn(bool is_written) {
    SessionTurn turn{.session = number_, .datagrams = {}, .events = {}, .is_written = is_written};
    auto events = json::array();
    while (auto datagram = session_->poll_transmit()) {
      turn.datagrams.push_back(*datagram);
      datagrams_.push_back(std::move(*datagram));
    }
    while (auto event = session_->poll_event()) {
      events.push_back(session_event_json(*event));
      events_.push_back(std::move(*event));
    }
    deadline_ = session_->poll_timeout();
    is_connected_ = session_->is_connected();
    turn.events = events.dump();
    if (deadline_) turn.deadline_ns = deadline_->time_since_epoch().count();
    turn.is_connected = is_connected_;
    recorder_.record(turn);
  }

  std::unique_ptr<dtls::Session> session_;
  Recorder& recorder_;
  std::uint32_t number_;
};

class PlayedSession final : public Outputs {
 public:
  explicit PlayedSession(std::deque<SessionTurn> turns) : turns_(std::move(turns)) {}

  void start(Instant) override { (void)turn(); }
  void handle_datagram(Instant, ByteView) override { (void)turn(); }
  void handle_timeout(Instant now) override {
    if (turns_.empty() && (!deadline_ || now < *deadline_)) return;
    (void)turn();
  }
  Expected<void, dtls::WriteError> write(Instant, ByteView) override {
    if (turn()) return {};
    return unexpected(dtls::WriteError::kNotConnected);
  }
  void close(Instant) override {
    if (!turns_.empty()) (void)turn();
  }

 private:
  bool turn() {
    if (turns_.empty()) {
      if (!std::exchange(is_over_, true)) {
        events_.push_back(dtls::Failed{dtls::FailureReason::kLocal, {}, is_connected_});
      }
      deadline_.reset();
      is_connected_ = false;
      return false;
    }
    auto turn = std::move(turns_.front());
    turns_.pop_front();
    for (auto& datagram : turn.datagrams) datagrams_.push_back(std::move(datagram));
    for (auto& event : session_events_of(turn.events)) events_.push_back(std::move(event));
    deadline_.reset();
    if (turn.deadline_ns >= 0) deadline_ = Instant(Duration(turn.deadline_ns));
    is_connected_ = turn.is_connected;
    return turn.is_written;
  }

  std::deque<SessionTurn> turns_;
  bool is_over_ = false;
};

}  // namespace

std::unique_ptr<dtls::Session> RecordedSessions::make_client(dtls::ClientConfig config) {
  return std::make_unique<RecordedSession>(make_client_session(std::move(config)), recorder_,
                                           ++count_);
}

std::unique_ptr<dtls::Session> PlayedSessions::make_client(dtls::ClientConfig config) {
  if (is_over_) return make_client_session(std::move(config));
  return std::make_unique<PlayedSession>(std::move(turns_[++count_]));
}

}  // namespace vmodem::recording
