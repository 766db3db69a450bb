// What happened to a modem and its surroundings, as one ordered stream of typed entries. The rooms
// of the module emit; the log, the capture, the control interface, reports and "why" are readers.
// No reader changes what the modem does, and what nobody reads is not even built.
//
// In:  events, in their order, and what is being handled.
// Out: entries, each with the entry that caused it.
#pragma once

#include <bitset>
#include <cstddef>
#include <optional>
#include <utility>

#include "firmware/base/queue.h"
#include "firmware/base/time.h"
#include "firmware/journal/event.h"

namespace vmodem::journal {

struct Entry {
  Number number;
  Instant at;
  Number because;  // 0: nothing in the journal
  Event event;
};

using Kinds = std::bitset<kKindCount>;

// Judges what happens. What it finds stands in the journal right behind the entry that showed it,
// so that its place does not depend on when anybody reads; of findings it is not told.
class Critic {
 public:
  struct Finding {
    Number entry;  // that it concerns
    LintFinding what;
  };

  virtual ~Critic() = default;

  virtual void handle(const Entry& entry) = 0;
  // The run is over.
  virtual void end(Instant now) = 0;
  // Poll until it returns nothing.
  [[nodiscard]] virtual std::optional<Finding> poll_finding() = 0;
};

class Journal {
 public:
  // What waits for poll_entry() at the most; beyond it the latest are missing, and counted.
  static constexpr std::size_t kWaitingMax = 16384;

  // Nobody reads.
  Journal() = default;
  // Entries of these kinds are built. Numbers count what is built.
  explicit Journal(const Kinds& wanted) : wanted_(wanted) {}

  // All kinds.
  [[nodiscard]] static Kinds everything() { return Kinds().set(); }
  // The kinds that have events of this level, or above.
  [[nodiscard]] static Kinds of_level(Level level);

  [[nodiscard]] bool is_read() const { return wanted_.any(); }
  // Whoever reads all follows causes; who reads some kinds cannot.
  [[nodiscard]] bool is_chained() const { return wanted_.all(); }
  template <class Kind>
  [[nodiscard]] bool wants() const {
    return wanted_[kind_index<Kind>()];
  }

  // The instant of what is emitted from now on.
  void set_time(Instant now) { now_ = now; }
  // `make` gives the event, and is called only where it is wanted; 0 where it is not. The cause is
  // what is being handled, unless it is told.
  template <class Kind, class Make>
  Number emit(const Make& make) {
    return emit_because<Kind>(cause_, make);
  }
  template <class Kind, class Make>
  Number emit_because(Number because, const Make& make) {
    if (!wants<Kind>()) return 0;
    return push(because, Event(std::in_place_type<Kind>, make()));
  }

  // Outlives the journal. Null: nobody judges.
  void set_critic(Critic* critic) { critic_ = critic; }
  // The run is over: what the critic has still to say.
  void end(Instant now);

  // What is being handled: the cause of what is emitted now.
  [[nodiscard]] Number cause() const { return cause_; }

  [[nodiscard]] std::optional<Entry> poll_entry() { return entries_.take_front(); }
  // Since the last call.
  [[nodiscard]] std::uint64_t take_lost_count() { return std::exchange(lost_count_, 0); }

 private:
  friend class Because;

  Number push(Number because, Event event);
  void keep(Entry entry);
  void take_findings();

  Kinds wanted_;
  Instant now_{};
  Number last_ = 0;
  Number cause_ = 0;
  std::uint64_t lost_count_ = 0;
  Critic* critic_ = nullptr;
  Queue<Entry> entries_;
};

// While it lives, `number` is what is being handled; 0 changes nothing.
class Because {
 public:
  Because(Journal& journal, Number number) : journal_(journal), before_(journal.cause_) {
    if (number != 0) journal.cause_ = number;
  }
  ~Because() { journal_.cause_ = before_; }
  Because(const Because&) = delete;
  Because& operator=(const Because&) = delete;

 private:
  Journal& journal_;
  Number before_;
};

}  // namespace vmodem::journal
