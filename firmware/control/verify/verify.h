// Whether what was expected is in the journal: so many entries, or several in their order.
//
// In:  expectations as JSON, the entries that are kept.
// Out: yes with the entries that are it, or no with those that come nearest.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <variant>
#include <vector>

#include "firmware/control/schema/shape.h"
#include "firmware/control/verify/predicate.h"
#include "firmware/journal/why.h"

namespace vmodem::control {

// Entries behind `since` that are `what`: at least `min`, at most `max`.
struct CountExpectation {
  Predicate what;
  journal::Number since = 0;
  std::uint64_t min = 1;
  std::optional<std::uint64_t> max;
};

// Behind `since` an entry for each step, each behind the one before: the first that is there, or
// the last of all.
struct OrderExpectation {
  struct Step {
    Predicate what;
    bool is_last = false;
  };
  static constexpr std::size_t kStepsMax = 64;

  std::vector<Step> steps;
  journal::Number since = 0;
};

using Expectation = std::variant<CountExpectation, OrderExpectation>;

// {"kind", "where"?, "since"?, "count"?: N or {"min"?, "max"?}}, or {"order": [{"kind", "where"?,
// "last"?}…], "since"?}.
[[nodiscard]] const Shape& expectation_shape();
// `body` is of that shape.
[[nodiscard]] Expected<Expectation, Problem> parse_expectation(const nlohmann::json& body);

struct Verdict {
  // An entry of the right kind that is not it.
  struct Miss {
    const journal::Entry* entry;
    std::vector<std::string_view> differs;
  };
  static constexpr std::size_t kMatchesMax = 1000;
  static constexpr std::size_t kNearestMax = 3;

  bool is_ok = false;
  std::vector<journal::Number> matches;  // the first so many
  std::vector<Miss> nearest{};           // fewest differences first, of these the latest
  std::optional<std::size_t> step{};     // of an order: the first that is missing
};
[[nodiscard]] Verdict verify(const journal::Ring& ring, const Expectation& expectation);

}  // namespace vmodem::control
