// What a request asks for: the events of the journal, or something of the Api.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "firmware/app/control/gate.h"
#include "firmware/app/http/http.h"
#include "firmware/app/loop/clock.h"
#include "firmware/control/api.h"
#include "firmware/control/past_control.h"
#include "firmware/journal/why.h"
#include "firmware/recording/recorder.h"

namespace vmodem::app {

class Requests final : public HttpHandler {
 public:
  // All outlive it.
  Requests(Gate gate, control::Api& api, const SteeredClock& clock,
           const control::PastControl* past, const journal::Ring& ring,
           recording::Recorder* recorder)
      : gate_(std::move(gate)),
        api_(api),
        clock_(clock),
        past_(past),
        ring_(ring),
        recorder_(recorder) {}

  // What is asked from now on is asked at this instant.
  void set_now(Instant now) { now_ = now; }

  [[nodiscard]] std::optional<HttpAnswer> refuse(const HttpHead& head) noexcept override;
  [[nodiscard]] HttpAnswer handle(const HttpHead& head, std::string_view body) noexcept override;

 private:
  [[nodiscard]] bool is_time_moving() const {
    return clock_.is_moving() || (past_ != nullptr && past_->is_going());
  }
  [[nodiscard]] HttpAnswer handle_events(const HttpHead& head, const control::Request& request);

  Gate gate_;
  control::Api& api_;
  const SteeredClock& clock_;
  const control::PastControl* past_;  // null: no run is kept
  const journal::Ring& ring_;
  recording::Recorder* recorder_;  // of what changes the world; null: nobody records
  Instant now_{};
};

}  // namespace vmodem::app
