// The AT+QIACT or AT+CGACT that waits until its contexts are up, or the AT+QIDEACT that waits for
// the network's answer.
#pragma once

#include <optional>
#include <set>
#include <utility>

#include "at_engine/command.h"
#include "firmware/base/time.h"

namespace vmodem::firmware {

class PdpCommand {
 public:
  // `ids` are activating. One that fails answers `failure`, however the others fare.
  void wait_for(std::set<int> ids, at::Response failure) {
    ids_ = std::move(ids);
    failure_ = std::move(failure);
    response_.reset();
  }
  // Answers OK at `then`, whatever becomes of the context.
  void wait_until(Instant then) { answered_at_ = then; }
  void handle_activated(int id) {
    if (ids_.erase(id) == 1 && ids_.empty()) response_ = at::ok();
  }
  void handle_failed(int id) {
    if (ids_.erase(id) == 0) return;
    ids_.clear();
    response_ = failure_;
  }
  // Power-off: nobody waits for the answer any more.
  void reset() {
    ids_.clear();
    response_.reset();
    answered_at_.reset();
  }

  void handle_timeout(Instant now) {
    if (!answered_at_ || now < *answered_at_) return;
    answered_at_.reset();
    response_ = at::ok();
  }
  [[nodiscard]] std::optional<Instant> poll_timeout() const { return answered_at_; }
  // The answer of the pending command, once.
  [[nodiscard]] std::optional<at::Response> poll_response() {
    return std::exchange(response_, std::nullopt);
  }

 private:
  std::set<int> ids_;
  at::Response failure_;
  std::optional<at::Response> response_;
  std::optional<Instant> answered_at_;
};

}  // namespace vmodem::firmware
