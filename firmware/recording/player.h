// Runs a record again, on a testbed that was made as the recorded one was.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>

#include "firmware/base/expected.h"
#include "firmware/recording/record.h"
#include "firmware/testbed/testbed.h"

namespace vmodem::recording {

class Player {
 public:
  using RequestHandler = std::function<void(Instant, const RequestMade&)>;

  // `testbed` outlives it. `handle_request` does what the control interface did.
  Player(testbed::Testbed& testbed, RequestHandler handle_request)
      : testbed_(testbed), handle_request_(std::move(handle_request)) {}

  // The error is that this run is not the recorded one any more.
  [[nodiscard]] Expected<void, std::string> play(const Step& step);

  // Of the last step.
  [[nodiscard]] Instant now() const { return now_; }
  [[nodiscard]] const std::string& output() const { return output_; }
  // What the real network had open, and what it was asked, when the last step was over.
  [[nodiscard]] const std::map<firmware::TransportId, firmware::OpenTransport>& open() const {
    return open_;
  }
  [[nodiscard]] const std::map<firmware::QueryId, firmware::Query>& asked() const { return asked_; }
  [[nodiscard]] bool is_on() const { return is_on_; }

 private:
  void poll(char what);
  void note(const firmware::Action& action);
  [[nodiscard]] Expected<void, std::string> apply(const Step& step);

  testbed::Testbed& testbed_;
  RequestHandler handle_request_;
  Instant now_{};
  std::string output_;  // that the host has taken
  std::map<firmware::TransportId, firmware::OpenTransport> open_;
  std::map<firmware::QueryId, firmware::Query> asked_;
  bool is_on_ = true;
};

}  // namespace vmodem::recording
