// What the judges of this room have found and nobody has taken yet.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "firmware/base/queue.h"
#include "firmware/journal/journal.h"
#include "firmware/lint/rules.h"

namespace vmodem::lint {

class Findings {
 public:
  // Of one rule in a run: a host that is wrong all the time is told so often enough.
  static constexpr std::uint32_t kCountMax = 100;

  // `entry` is what it concerns.
  void add(Rule rule, journal::Number entry, std::string text);
  // The same where nothing of this rule was added under `key` lately.
  void add_once(Rule rule, std::uint64_t key, journal::Number entry, std::string text);
  [[nodiscard]] std::optional<journal::Critic::Finding> poll() { return waiting_.take_front(); }

 private:
  static constexpr std::size_t kKnownMax = 64;
  struct Known {
    Rule rule;
    std::uint64_t key;
  };

  Queue<journal::Critic::Finding> waiting_;
  std::array<std::uint32_t, kRuleCount> counts_{};
  std::array<std::optional<Known>, kKnownMax> known_{};
  std::size_t next_known_ = 0;
};

}  // namespace vmodem::lint
