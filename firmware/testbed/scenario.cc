#include "firmware/testbed/scenario.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <span>

#include "firmware/base/check.h"
#include "firmware/base/text.h"

namespace vmodem::testbed {
namespace {

using net::SyntaxError;

Expected<Fault, SyntaxError> make_fault(std::string_view when, std::string_view what,
                                        std::string_view text) {
  auto trigger = parse_trigger(trimmed(when));
  if (!trigger) return unexpected(std::move(trigger.error()));
  auto deed = parse_deed(trimmed(what));
  if (!deed) return unexpected(std::move(deed.error()));
  return Fault{std::move(*trigger), std::move(*deed), std::string(text)};
}

Expected<Fault, SyntaxError> parse_line(std::string_view line) {
  // The last one: a URC may have its own. No verb's arguments have one with a blank.
  const auto colon = line.rfind(": ");
  if (colon == std::string_view::npos) {
    return unexpected(SyntaxError{fmt::format("\"{}\" has no \": \"", line),
                                  "WHEN: VERB, as 10s: link-down 30s"});
  }
  return make_fault(line.substr(0, colon), line.substr(colon + 2), line);
}

// Any duration may be asked for; what is beyond the time line never happens.
Instant later(Instant now, Duration by) {
  return by > Instant::max() - now ? Instant::max() : now + by;
}

// What `end` was to end has begun anew or is over with this deed.
bool is_superseded(const Deed& end, const Deed& by) {
  const auto* undo = by.verb->undo.empty() ? by.verb : find_verb(by.verb->undo);
  if (end.verb != undo) return false;
  const bool has_target = std::ranges::any_of(undo->arguments, [](const ArgumentSpec& spec) {
    return spec.kind != ArgumentKind::kNone && spec.kind != ArgumentKind::kDuration;
  });
  return !has_target || end.arguments.has_target_of(by.arguments);
}

}  // namespace

Expected<Fault, SyntaxError> parse_fault(std::string_view text) {
  const auto at = text.find('@');
  if (at == std::string_view::npos) return make_fault("0s", text, text);
  return make_fault(text.substr(at + 1), text.substr(0, at), text);
}

ScenarioText parse_scenario(std::string_view text) {
  ScenarioText scenario;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.starts_with('#')) continue;
    auto fault = parse_line(line);
    if (fault) {
      scenario.faults.push_back(std::move(*fault));
    } else if (scenario.errors.size() < ScenarioText::kErrorsMax) {
      scenario.errors.push_back({number, std::move(fault.error())});
    } else {
      ++scenario.more_errors;
    }
  }
  return scenario;
}

Scenario::Scenario(std::vector<Fault> faults) {
  for (auto& fault : faults) accept(Instant{}, std::move(fault), ScenarioId::kNone, kByScenario);
  pending_max_ = pending_.size() + kPendingMax;
  standing_max_ = standing_.size() + kPendingMax;
}

FaultId Scenario::accept(Instant now, Fault fault, ScenarioId scenario, std::string_view by) {
  Due due{std::move(fault.deed), std::move(fault.text), by};
  if (const auto* time = std::get_if<AtInstant>(&fault.trigger)) {
    return plan({.at = later(now, time->at.time_since_epoch()),
                 .due = std::move(due),
                 .id = new_id(),
                 .scenario = scenario});
  }
  auto& upon = std::get<Upon>(fault.trigger);
  return standing_.emplace_back(Standing{new_id(), scenario, std::move(upon), std::move(due)}).id;
}

bool Scenario::wants(OccurrenceKind kind) const {
  return std::ranges::any_of(standing_,
                             [kind](const Standing& fault) { return fault.upon.kind == kind; });
}

void Scenario::handle(Instant now, const Occurrence& occurrence) {
  bool is_any_spent = false;
  for (auto& fault : standing_) {
    if (!concerns(fault.upon, occurrence)) continue;
    ++fault.count;
    if (fault.upon.ordinal != 0 && fault.upon.ordinal != fault.count) continue;
    is_any_spent = is_any_spent || fault.is_spent();
    if (is_fed_by_itself(fault, occurrence)) continue;
    plan_if_room({.at = later(now, fault.upon.delay),
                  .due = {fault.due.deed, fault.due.text, fault.due.by, occurrence.entry},
                  .id = new_id(),
                  .scenario = fault.scenario,
                  .origin = fault.id});
  }
  if (is_any_spent) std::erase_if(standing_, std::mem_fn(&Standing::is_spent));
}

bool Scenario::is_fed_by_itself(Standing& fault, const Occurrence& occurrence) {
  const auto count = std::min(occurrence.cause_count, chain_.size());
  const auto causes = std::span(chain_).first(count);
  const bool is_cause = std::ranges::find(causes, fault.id) != causes.end();
  // With a delay time passes.
  if (!is_cause || fault.upon.delay > Duration::zero()) return false;
  if (!std::exchange(fault.is_loop_told, true)) loops_.push_back(fault.due.text);
  return true;
}

std::optional<FaultId> Scenario::add(Instant now, Deed deed, std::string text) {
  return plan_if_room(
      {.at = now, .due = {std::move(deed), std::move(text), kByControl}, .id = new_id()});
}

std::optional<FaultId> Scenario::add(Instant now, Fault fault) {
  if (!has_room(1, 1)) return std::nullopt;
  return accept(now, std::move(fault), ScenarioId::kNone, kByControl);
}

std::optional<ScenarioId> Scenario::load(Instant now, std::vector<Fault> faults) {
  const auto timed = std::ranges::count_if(
      faults, [](const Fault& fault) { return std::holds_alternative<AtInstant>(fault.trigger); });
  const auto pending = static_cast<std::size_t>(timed);
  if (loaded_.size() >= kLoadedMax || !has_room(pending, faults.size() - pending)) {
    return std::nullopt;
  }
  const ScenarioId id{++last_scenario_};
  loaded_.push_back({id, faults.size()});
  for (auto& fault : faults) accept(now, std::move(fault), id, kByScenario);
  return id;
}

bool Scenario::has_room(std::size_t pending, std::size_t standing) const {
  return pending_.size() + pending <= pending_max_ && standing_.size() + standing <= standing_max_;
}

std::vector<WaitingFault> Scenario::waiting() const {
  std::vector<WaitingFault> all;
  for (const auto& one : pending_) {
    all.push_back({one.id, one.scenario, one.due.text, one.at, one.is_end, false});
  }
  for (const auto& one : standing_) {
    all.push_back({one.id, one.scenario, one.due.text, std::nullopt, false, one.upon.ordinal == 0});
  }
  return all;
}

std::optional<FaultId> Scenario::end_of(FaultId id) const {
  const auto end = std::ranges::find_if(
      pending_, [id](const Pending& one) { return one.is_end && one.origin == id; });
  if (end == pending_.end()) return std::nullopt;
  return end->id;
}

bool Scenario::remove(FaultId id) {
  const auto is_it = [id](const auto& one) { return one.id == id; };
  return std::erase_if(pending_, is_it) + std::erase_if(standing_, is_it) > 0;
}

bool Scenario::remove(ScenarioId id) {
  const auto is_of_it = [id](const auto& one) { return one.scenario == id; };
  if (std::erase_if(loaded_, [id](const auto& one) { return one.id == id; }) == 0) return false;
  std::erase_if(pending_, is_of_it);
  std::erase_if(standing_, is_of_it);
  return true;
}

std::size_t Scenario::remove_all() {
  const auto count = pending_.size() + standing_.size();
  pending_.clear();
  standing_.clear();
  loaded_.clear();
  return count;
}

FaultId Scenario::plan(Pending pending) {
  pending.order = next_order_++;
  return pending_.insert(std::move(pending)).first->id;
}

std::optional<FaultId> Scenario::plan_if_room(Pending pending) {
  if (has_room(1, 0)) return plan(std::move(pending));
  ++left_out_;
  return std::nullopt;
}

std::optional<Scenario::Due> Scenario::poll_due(Instant now) {
  if (!is_due(now)) return std::nullopt;
  auto done = std::move(pending_.extract(pending_.begin()).value());
  chain_.push_back(done.origin);
  const auto& deed = done.due.deed;
  std::erase_if(pending_, [&](const Pending& other) {
    return other.is_end && is_superseded(other.due.deed, deed);
  });
  if (const auto length = deed.lasts()) {
    const auto* undo = find_verb(deed.verb->undo);
    BG_CHECK(undo != nullptr, "the table names verbs of its own");
    plan({.at = done.at + *length,
          .due = {{undo, deed.arguments}, fmt::format("end of {}", done.due.text), kByEnd,
                  done.due.cause},
          .id = new_id(),
          .scenario = done.scenario,
          .origin = done.id,
          .is_end = true});
  }
  return std::move(done.due);
}

bool Scenario::is_due(Instant now) const {
  return !pending_.empty() && pending_.begin()->at <= now;
}

std::optional<Instant> Scenario::poll_timeout() const {
  if (pending_.empty()) return std::nullopt;
  return pending_.begin()->at;
}

}  // namespace vmodem::testbed
