// Back to an earlier instant of a run that is recorded: the record up to there is played again, at
// once, and the run goes on from it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "firmware/app/loop/clock.h"
#include "firmware/app/loop/journal_reader.h"
#include "firmware/app/loop/past.h"
#include "firmware/app/machine.h"
#include "firmware/app/recording/record_file.h"
#include "firmware/app/world/sockets.h"
#include "firmware/control/api.h"
#include "firmware/control/past_control.h"
#include "firmware/recording/reader.h"

namespace vmodem::app {

class WayBack final : public Past, public control::PastControl {
 public:
  struct Run {
    Machine& machine;
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

  [[nodiscard]] bool is_due() const override { return is_going(); }
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

// Runs a record again on a machine that was made for it, and gives its network what it then has open
// there. `api` does what control requests did; `tell` is given every entry. Nothing: to the end of
// the record, else to this entry of the journal.
[[nodiscard]] Expected<Past::Arrival, std::string> play_record(
    const recording::Record& record, std::optional<std::uint64_t> until, testbed::Testbed& testbed,
    SocketNetwork& network, control::Api& api,
    const std::function<void(const journal::Entry&)>& tell);

}  // namespace vmodem::app
