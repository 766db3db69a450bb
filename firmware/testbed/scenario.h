// A scenario: which verbs happen when. Data for the testbed, which performs them.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "firmware/base/expected.h"
#include "firmware/base/queue.h"
#include "firmware/base/time.h"
#include "firmware/testbed/trigger.h"
#include "firmware/testbed/verb.h"

namespace vmodem::testbed {

struct Fault {
  Trigger trigger;
  Deed deed;
  std::string text;  // as it was written, for the log
};

// "VERB[ ARGUMENT…][@WHEN]"; without WHEN at the start.
[[nodiscard]] Expected<Fault, net::SyntaxError> parse_fault(std::string_view text);

struct ScenarioError {
  std::size_t line;  // from 1
  net::SyntaxError what;
};

// One fault a line as "WHEN: VERB[ ARGUMENT…]"; empty lines and comments behind # at the beginning
// of a line are passed over. The first mistakes are told, the
// others counted.
struct ScenarioText {
  static constexpr std::size_t kErrorsMax = 20;

  std::vector<Fault> faults;
  std::vector<ScenarioError> errors;
  std::size_t more_errors = 0;
};
[[nodiscard]] ScenarioText parse_scenario(std::string_view text);

// Which of the faults are due. Bounded: beside those of an instant so many wait at once. A fault
// does not happen where it is among the causes of its own occurrence at this instant, so that
// faults which feed each other let time pass.
class Scenario {
 public:
  static constexpr std::size_t kPendingMax = 1024;

  explicit Scenario(std::vector<Fault> faults);

  // The faults that have happened since this was called last are the chain: what comes now is
  // brought about by something else than them, as by a host or by a deadline.
  void begin_chain() { chain_.clear(); }

  // Somebody waits for occurrences of this kind.
  [[nodiscard]] bool wants(OccurrenceKind kind) const;
  void handle(Instant now, const Occurrence& occurrence);
  // From outside, as by a person: at once, and undone later where its duration says so.
  void add(Instant now, Deed deed, std::string text);

  struct Due {
    Deed deed;
    std::string text;
    std::string_view by = "scenario";
    std::uint64_t cause = 0;  // in the journal
  };
  // In the order of their instants. Poll until nothing is left. A fault that happens again, or is
  // ended by its undo, no longer ends when it was to.
  [[nodiscard]] std::optional<Due> poll_due(Instant now);
  [[nodiscard]] bool is_due(Instant now) const;
  [[nodiscard]] std::optional<Instant> poll_timeout() const;
  // How many were left out since this was asked last, because too many wait.
  [[nodiscard]] std::size_t poll_left_out() { return std::exchange(left_out_, 0); }
  // A fault that has fed itself, as it was written; each once.
  [[nodiscard]] std::optional<std::string> poll_loop() { return loops_.take_front(); }

 private:
  static constexpr std::size_t kNoFault = SIZE_MAX;

  struct Pending {
    Instant at;
    Due due;
    std::size_t fault = kNoFault;  // its place in the scenario
    bool is_end = false;  // of a fault with a duration
    std::uint64_t order = 0;

    bool operator<(const Pending& other) const {
      return std::tie(at, order) < std::tie(other.at, other.order);
    }
  };

  [[nodiscard]] bool is_fed_by_itself(std::size_t fault, const Upon& upon,
                                      const Occurrence& occurrence);
  void plan(Pending pending);
  void plan_if_room(Pending pending);

  std::vector<Fault> faults_;
  std::vector<std::uint32_t> counts_;  // occurrences so far, by fault
  std::set<Pending> pending_;
  std::size_t room_ = 0;  // how many may wait
  std::size_t left_out_ = 0;
  std::uint64_t next_order_ = 0;
  std::vector<std::size_t> chain_;  // places in the scenario, or kNoFault
  std::set<std::size_t> fed_;       // those whose loop was told
  Queue<std::string> loops_;
};

}  // namespace vmodem::testbed
