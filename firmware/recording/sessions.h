// DTLS sessions with real peers: recorded while they live, and played where they are over.
#pragma once

#include <deque>
#include <map>
#include <memory>

#include "dtls/session.h"
#include "firmware/recording/record.h"
#include "firmware/recording/recorder.h"

namespace vmodem::recording {

// `recorder` outlives its sessions.
class RecordedSessions final : public dtls::SessionSource {
 public:
  explicit RecordedSessions(Recorder& recorder) : recorder_(recorder) {}
  [[nodiscard]] std::unique_ptr<dtls::Session> make_client(dtls::ClientConfig config) override;

 private:
  Recorder& recorder_;
  std::uint32_t count_ = 0;
};

// Where a session's turns are used up it has ended: its keys are in no record.
class PlayedSessions final : public dtls::SessionSource {
 public:
  explicit PlayedSessions(std::map<std::uint32_t, std::deque<SessionTurn>> turns)
      : turns_(std::move(turns)) {}
  // Sessions from now on are made as ever.
  void end() { is_over_ = true; }
  [[nodiscard]] std::unique_ptr<dtls::Session> make_client(dtls::ClientConfig config) override;

 private:
  std::map<std::uint32_t, std::deque<SessionTurn>> turns_;
  std::uint32_t count_ = 0;
  bool is_over_ = false;
};

}  // namespace vmodem::recording
