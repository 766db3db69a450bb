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

// Names one fault that waits; never that of another.
enum class FaultId : std::uint64_t { kNone = 0 };
// Names the faults that came together; kNone: alone, or with the configuration.
enum class ScenarioId : std::uint64_t { kNone = 0 };

struct WaitingFault {
  FaultId id;
  ScenarioId scenario;
  std::string text;
  std::optional<Instant> at;  // nothing: it waits for its occurrence
  bool is_end = false;        // of a fault with a duration
  bool is_standing = false;   // it happens upon each occurrence
};
struct LoadedScenario {
  ScenarioId id;
  std::size_t fault_count;  // when it was loaded
};

// Which of the faults are due. Bounded: beside those of the configuration so many wait for their
// instant, and so many for their occurrence. A fault does not happen where it is among the causes
// of its own occurrence at this instant, so that faults which feed each other let time pass.
class Scenario {
 public:
  static constexpr std::size_t kPendingMax = 1024;
  static constexpr std::size_t kLoadedMax = 64;
  // Who has a fault happen: a scenario or the configuration, somebody outside, or a fault whose
  // duration is over.
  static constexpr std::string_view kByScenario = "scenario";
  static constexpr std::string_view kByControl = "control";
  static constexpr std::string_view kByEnd = "end";

  explicit Scenario(std::vector<Fault> faults);

  // The faults that have happened since this was called last are the chain: what comes now is
  // brought about by something else than them, as by a host or by a deadline.
  void begin_chain() { chain_.clear(); }

  // Somebody waits for occurrences of this kind.
  [[nodiscard]] bool wants(OccurrenceKind kind) const;
  void handle(Instant now, const Occurrence& occurrence);
  // From outside, as by a person: at once, and undone later where its duration says so. Nothing
  // where too many wait, which is counted.
  std::optional<FaultId> add(Instant now, Deed deed, std::string text);
  // From outside, at its trigger; an instant counts from now. Nothing where too many wait.
  [[nodiscard]] std::optional<FaultId> add(Instant now, Fault fault);
  // All of them, or none where too many wait.
  [[nodiscard]] std::optional<ScenarioId> load(Instant now, std::vector<Fault> faults);

  // In the order of their instants, then those that wait for their occurrence.
  [[nodiscard]] std::vector<WaitingFault> waiting() const;
  [[nodiscard]] const std::vector<LoadedScenario>& loaded() const { return loaded_; }
  // The end of what `id` named before it happened.
  [[nodiscard]] std::optional<FaultId> end_of(FaultId id) const;
  // What has begun stays, without its end where that is what is removed. False: there is none.
  [[nodiscard]] bool remove(FaultId id);
  [[nodiscard]] bool remove(ScenarioId id);
  // How many there were.
  std::size_t remove_all();

  struct Due {
    Deed deed;
    std::string text;
    std::string_view by = kByScenario;
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
  // Waits for its occurrence.
  struct Standing {
    FaultId id;
    ScenarioId scenario;
    Upon upon;
    Due due;
    std::uint32_t count = 0;  // occurrences so far
    bool is_loop_told = false;

    [[nodiscard]] bool is_spent() const { return upon.ordinal != 0 && count >= upon.ordinal; }
  };
  struct Pending {
    Instant at;
    Due due;
    FaultId id{};
    ScenarioId scenario{};
    FaultId origin{};  // the Standing that brought it about, or what it ends
    bool is_end = false;
    std::uint64_t order = 0;

    bool operator<(const Pending& other) const {
      return std::tie(at, order) < std::tie(other.at, other.order);
    }
  };

  [[nodiscard]] bool is_fed_by_itself(Standing& fault, const Occurrence& occurrence);
  [[nodiscard]] FaultId new_id() { return FaultId{++last_id_}; }
  FaultId accept(Instant now, Fault fault, ScenarioId scenario, std::string_view by);
  [[nodiscard]] bool has_room(std::size_t pending, std::size_t standing) const;
  FaultId plan(Pending pending);
  std::optional<FaultId> plan_if_room(Pending pending);

  std::vector<Standing> standing_;
  std::set<Pending> pending_;
  std::vector<LoadedScenario> loaded_;
  std::size_t pending_max_ = 0;
  std::size_t standing_max_ = 0;
  std::size_t left_out_ = 0;
  std::uint64_t last_id_ = 0;
  std::uint64_t last_scenario_ = 0;
  std::uint64_t next_order_ = 0;
  std::vector<FaultId> chain_;  // origins of what has happened
  Queue<std::string> loops_;
};

}  // namespace vmodem::testbed
