// Back to an earlier instant of a run that is recorded: the record up to there is played again, at
// once, and the run goes on from it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "firmware/app/loop/clock.h"
#include "firmware/app/loop/journal_reader.h"
#include "firmware/app/loop/past.h"
#include "firmware/app/recording/record_file.h"
#include "firmware/app/world/sockets.h"
#include "firmware/control/api.h"
#include "firmware/recording/reader.h"
#include "firmware/testbed/machine.h"

namespace vmodem::app {

class WayBack final : public Past {
 public:
  struct Run {
    testbed::Machine& machine;
    SocketNetwork& network;
    SteeredClock& clock;
    RecordFile& record;
    std::string record_path;
    std::string objection{};  // why it cannot go back; empty: it can
  };

  // All outlive it.
  explicit WayBack(Run run) : run_(std::move(run)) {}
  // Before the first turn: who is told of the run, and who steered it.
  void set_observers(std::vector<JournalReader*> readers, control::Api& api);

  [[nodiscard]] Expected<void, std::string> go_back(Instant now, Duration by) override;
  [[nodiscard]] bool is_going() const override { return target_.has_value(); }

  [[nodiscard]] Expected<Arrival, std::string> go() override;

 private:
  struct Target {
    Instant at;
    recording::Record record;  // up to there
  };

  Run run_;
  std::vector<JournalReader*> readers_;
  control::Api* api_ = nullptr;
  std::optional<Target> target_;
};

}  // namespace vmodem::app
