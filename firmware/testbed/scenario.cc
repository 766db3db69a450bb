#include "firmware/testbed/scenario.h"

#include <fmt/format.h>

#include <algorithm>
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

Scenario::Scenario(std::vector<Fault> faults)
    : faults_(std::move(faults)), counts_(faults_.size()) {
  for (const auto& fault : faults_) {
    const auto* time = std::get_if<AtInstant>(&fault.trigger);
    if (time != nullptr) {
      const auto place = static_cast<std::size_t>(&fault - faults_.data());
      plan({.at = time->at, .due = {fault.deed, fault.text}, .fault = place});
    }
  }
  room_ = pending_.size() + kPendingMax;
}

bool Scenario::wants(OccurrenceKind kind) const {
  return std::ranges::any_of(faults_, [kind](const Fault& fault) {
    const auto* upon = std::get_if<Upon>(&fault.trigger);
    return upon != nullptr && upon->kind == kind;
  });
}

void Scenario::handle(Instant now, const Occurrence& occurrence) {
  for (std::size_t i = 0; i < faults_.size(); ++i) {
    const auto* upon = std::get_if<Upon>(&faults_[i].trigger);
    if (upon == nullptr || !concerns(*upon, occurrence)) continue;
    const auto count = ++counts_[i];
    if (upon->ordinal != 0 && upon->ordinal != count) continue;
    if (is_fed_by_itself(i, *upon, occurrence)) continue;
    plan_if_room({.at = now + upon->delay,
                  .due = {faults_[i].deed, faults_[i].text, "scenario", occurrence.entry},
                  .fault = i});
  }
}

bool Scenario::is_fed_by_itself(std::size_t fault, const Upon& upon, const Occurrence& occurrence) {
  const auto count = std::min(occurrence.cause_count, chain_.size());
  const auto causes = std::span(chain_).first(count);
  const bool is_cause = std::ranges::find(causes, fault) != causes.end();
  // With a delay time passes.
  if (!is_cause || upon.delay > Duration::zero()) return false;
  if (fed_.insert(fault).second) loops_.push_back(faults_[fault].text);
  return true;
}

void Scenario::add(Instant now, Deed deed, std::string text) {
  plan_if_room({.at = now, .due = {std::move(deed), std::move(text), "control"}});
}

void Scenario::plan(Pending pending) {
  pending.order = next_order_++;
  pending_.insert(std::move(pending));
}

void Scenario::plan_if_room(Pending pending) {
  if (pending_.size() < room_) {
    plan(std::move(pending));
  } else {
    ++left_out_;
  }
}

std::optional<Scenario::Due> Scenario::poll_due(Instant now) {
  if (!is_due(now)) return std::nullopt;
  auto done = std::move(pending_.extract(pending_.begin()).value());
  chain_.push_back(done.fault);
  const auto& deed = done.due.deed;
  std::erase_if(pending_, [&](const Pending& other) {
    return other.is_end && is_superseded(other.due.deed, deed);
  });
  if (const auto length = deed.lasts()) {
    const auto* undo = find_verb(deed.verb->undo);
    BG_CHECK(undo != nullptr, "the table names verbs of its own");
    plan({.at = done.at + *length,
          .due = {{undo, deed.arguments}, fmt::format("end of {}", done.due.text), "end",
                  done.due.cause},
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
