#include "firmware/control/verify/verify.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "firmware/base/overloaded.h"
#include "firmware/control/schema/members.h"

namespace vmodem::control {
namespace {

using journal::Entry;
using journal::Ring;
using nlohmann::json;
using enum MemberType;

constexpr Member kStepMembers[] = {
    member("kind", kText),
    member("where", kObject, "as above").optional(),
    member("last", kTruth, "the last of all such entries, not the next one").optional(),
};
constexpr Shape kStepShape{"VerifyStep", "An entry of an order.", kStepMembers};
constexpr Member kVerifyMembers[] = {
    member("kind", kText, "of docs/journal.md").optional(),
    member("where", kObject,
           "{FIELD: VALUE}, or {FIELD: {COMPARISON: VALUE}} with equals, starts_with, contains, "
           "text (of octets), min, max, has (an option)")
        .optional(),
    member("since", kInteger, "only entries behind this number").within(0, INT64_MAX).optional(),
    member("count", kAny, "how many there are to be: N, or {min, max}; at least 1 without")
        .optional(),
    member("order", kStepShape, "in place of kind: an entry for each, each behind the one before")
        .list()
        .optional(),
};
constexpr Shape kVerifyShape{"Verify", "What is expected of the journal.", kVerifyMembers};

auto entry_behind(const Ring& ring, journal::Number since) {
  return std::ranges::upper_bound(ring.entries(), since, {}, &Entry::number);
}

// Keeps those that differ least.
class Nearest {
 public:
  void add(const Entry& entry, std::vector<std::string_view> differs) {
    const auto place = std::ranges::find_if(misses_, [&](const Verdict::Miss& other) {
      return other.differs.size() >= differs.size();
    });
    misses_.insert(place, {&entry, std::move(differs)});
    if (misses_.size() > Verdict::kNearestMax) misses_.pop_back();
  }
  [[nodiscard]] std::vector<Verdict::Miss> take() { return std::move(misses_); }

 private:
  std::vector<Verdict::Miss> misses_;
};

Verdict verify_count(const Ring& ring, const CountExpectation& expected) {
  Verdict verdict;
  Nearest nearest;
  std::uint64_t count = 0;
  for (auto entry = entry_behind(ring, expected.since); entry != ring.entries().end(); ++entry) {
    if (!expected.what.is_of_kind(*entry)) continue;
    auto differs = expected.what.differences(*entry);
    if (!differs.empty()) {
      nearest.add(*entry, std::move(differs));
      continue;
    }
    ++count;
    if (verdict.matches.size() < Verdict::kMatchesMax) verdict.matches.push_back(entry->number);
  }
  verdict.is_ok = count >= expected.min && (!expected.max || count <= *expected.max);
  if (count < expected.min) verdict.nearest = nearest.take();
  return verdict;
}

const Entry* find_step(const Ring& ring, journal::Number since,
                       const OrderExpectation::Step& step) {
  const Entry* found = nullptr;
  for (auto entry = entry_behind(ring, since); entry != ring.entries().end(); ++entry) {
    if (!step.what.matches(*entry)) continue;
    found = &*entry;
    if (!step.is_last) break;
  }
  return found;
}

std::vector<Verdict::Miss> nearest_to(const Ring& ring, journal::Number since,
                                      const Predicate& what) {
  Nearest nearest;
  for (auto entry = entry_behind(ring, since); entry != ring.entries().end(); ++entry) {
    if (what.is_of_kind(*entry)) nearest.add(*entry, what.differences(*entry));
  }
  return nearest.take();
}

Verdict verify_order(const Ring& ring, const OrderExpectation& expected) {
  Verdict verdict;
  auto behind = expected.since;
  for (std::size_t i = 0; i < expected.steps.size(); ++i) {
    const auto* entry = find_step(ring, behind, expected.steps[i]);
    if (entry == nullptr) {
      verdict.step = i;
      // What came too early is near, too: nothing of it differs.
      verdict.nearest = nearest_to(ring, expected.since, expected.steps[i].what);
      return verdict;
    }
    verdict.matches.push_back(entry->number);
    behind = entry->number;
  }
  verdict.is_ok = true;
  return verdict;
}

Problem not_a_count() {
  return {.detail = "count is no number of entries",
          .field = "count",
          .right = "N, or {\"min\": N, \"max\": N}, of which one may be left out"};
}

std::optional<Problem> read_count(const json& count, CountExpectation& expected) {
  if (count.is_number_unsigned()) {
    expected.min = count.get<std::uint64_t>();
    expected.max = expected.min;
    return std::nullopt;
  }
  if (!count.is_object()) return not_a_count();
  expected.min = 0;
  for (const auto& [name, value] : count.items()) {
    const bool is_known = name == "min" || name == "max";
    if (!is_known || !value.is_number_unsigned()) return not_a_count();
    if (name == "min") expected.min = value.get<std::uint64_t>();
    if (name == "max") expected.max = value.get<std::uint64_t>();
  }
  return std::nullopt;
}

Expected<Expectation, Problem> parse_order(const json& body, journal::Number since) {
  const auto& steps = body["order"];
  if (steps.empty() || steps.size() > OrderExpectation::kStepsMax) {
    return unexpected(Problem{.detail = "order has no steps, or too many",
                              .field = "order",
                              .right = "1–" + std::to_string(OrderExpectation::kStepsMax)});
  }
  OrderExpectation expected{.steps = {}, .since = since};
  for (std::size_t i = 0; i < steps.size(); ++i) {
    auto what = Predicate::parse(steps[i], "order[" + std::to_string(i) + "].");
    if (!what) return unexpected(std::move(what.error()));
    expected.steps.push_back(
        {std::move(*what), find_member<bool>(steps[i], "last").value_or(false)});
  }
  return expected;
}

}  // namespace

const Shape& expectation_shape() {
  return kVerifyShape;
}

Expected<Expectation, Problem> parse_expectation(const json& body) {
  const auto since = find_member<std::uint64_t>(body, "since").value_or(0);
  const auto order = body.find("order");
  const bool has_order = order != body.end() && !order->is_null();
  if (has_order) {
    for (const auto* name : {"kind", "where", "count"}) {
      if (!body.contains(name)) continue;
      return unexpected(Problem{.detail = std::string(name) + " does not go with order",
                                .field = name,
                                .right = "either order, or kind with where and count"});
    }
    return parse_order(body, since);
  }
  auto what = Predicate::parse(body);
  if (!what) return unexpected(std::move(what.error()));
  CountExpectation expected{.what = std::move(*what), .since = since, .min = 1, .max = {}};
  const auto count = body.find("count");
  if (count != body.end() && !count->is_null()) {
    if (auto problem = read_count(*count, expected)) return unexpected(std::move(*problem));
  }
  return expected;
}

Verdict verify(const Ring& ring, const Expectation& expectation) {
  return std::visit(
      Overloaded{[&](const CountExpectation& one) { return verify_count(ring, one); },
                 [&](const OrderExpectation& one) { return verify_order(ring, one); }},
      expectation);
}

}  // namespace vmodem::control
