#include "coap_core/handover_table.h"

#include <algorithm>

namespace vmodem::coap {

void HandoverTable::add(TransmitId id, const Outgoing& message) {
  pending_.emplace_back(id, conclusion(message, Outcome::kSessionEnded));
}

std::optional<Concluded> HandoverTable::take(TransmitId id, bool handed_over) {
  const auto found = std::ranges::find(pending_, id, [](const auto& entry) { return entry.first; });
  if (found == pending_.end()) return std::nullopt;

  Concluded concluded = found->second;
  concluded.outcome = handed_over ? Outcome::kSent : Outcome::kNotSent;
  pending_.erase(found);
  return concluded;
}

void HandoverTable::cut_off(std::vector<Concluded>& conclusions) {
  for (const auto& [id, concluded] : pending_) conclusions.push_back(concluded);
  pending_.clear();
}

}  // namespace vmodem::coap
