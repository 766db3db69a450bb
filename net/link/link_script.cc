#include "net/link/link_script.h"

#include <algorithm>

namespace vmodem::net {
namespace {

bool concerns(const LinkStep& step, Direction direction, std::uint32_t ordinal) {
  return step.direction == direction && ordinal >= step.first && ordinal - step.first < step.count;
}

bool covers(const Outage& outage, Direction direction, Instant now) {
  if (outage.direction.value_or(direction) != direction) return false;

  const auto since = now.time_since_epoch() - outage.from;
  if (since < Duration::zero()) return false;
  return (outage.every > Duration::zero() ? since % outage.every : since) < outage.length;
}

}  // namespace

ScriptedTreatment scripted_treatment(const LinkConfig& config, Direction direction,
                                     std::uint32_t ordinal) {
  ScriptedTreatment treatment;
  for (const auto& step : config.steps) {
    if (!concerns(step, direction, ordinal)) continue;

    treatment.is_scripted = true;
    switch (step.action) {
      case LinkStepAction::kLose:
        treatment.is_lost = true;
        break;
      case LinkStepAction::kDuplicate:
        treatment.is_duplicated = true;
        break;
      case LinkStepAction::kDelay:
        treatment.delay += step.delay;
        break;
      case LinkStepAction::kCorrupt:
        treatment.is_corrupted = true;
        break;
    }
  }
  return treatment;
}

bool is_in_outage(const LinkConfig& config, Direction direction, Instant now) {
  return std::ranges::any_of(config.outages,
                             [&](const Outage& outage) { return covers(outage, direction, now); });
}

}  // namespace vmodem::net
