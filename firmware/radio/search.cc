#include "firmware/radio/search.h"

#include <algorithm>
#include <utility>

#include "firmware/radio/bands.h"
#include "firmware/settings/hex_mask.h"
#include "firmware/settings/tagged.h"

namespace vmodem::firmware {
namespace {

struct SequencePair {
  std::string_view text;
  Technology technology;
};
// QCFG95 §2, in the factory's order of the search.
constexpr std::array<SequencePair, 3> kSequencePairs{
    {{"02", Technology::kEmtc}, {"03", Technology::kNbIot}, {"01", Technology::kEgprs}}};

// The digits are of a mask that hex_mask.h has parsed; this is above any the module has.
constexpr std::string_view kMaskMax = "ffffffffffffffffffffffffffffffff";

std::size_t mask_index(Technology technology) {
  switch (technology) {
    case Technology::kEgprs:
      return 0;
    case Technology::kEmtc:
      return 1;
    case Technology::kNbIot:
      break;
  }
  return 2;
}

std::vector<Technology> order_of(std::string_view sequence) {
  std::vector<Technology> order;
  const auto append = [&](const SequencePair& pair) {
    if (std::ranges::find(order, pair.technology) == order.end()) {
      order.push_back(pair.technology);
    }
  };
  for (std::size_t i = 0; i + 2 <= sequence.size(); i += 2) {
    const auto* pair =
        std::ranges::find(kSequencePairs, sequence.substr(i, 2), &SequencePair::text);
    if (pair != kSequencePairs.end()) append(*pair);
  }
  std::ranges::for_each(kSequencePairs, append);
  return order;
}

}  // namespace

NetworkSearch::NetworkSearch(Technologies technologies) : technologies_(technologies) {
  configure({});
}

void NetworkSearch::configure(SearchSettings settings) {
  settings_ = std::move(settings);
  order_ = order_of(settings_.sequence);
  std::erase_if(order_, [this](Technology technology) { return !is_chosen(technology); });
  for (std::size_t i = 0; i < masks_.size(); ++i) {
    masks_[i] = parse_mask(value_at(settings_.bands, i), kMaskMax);
  }
}

bool NetworkSearch::is_chosen(Technology technology) const {
  if (!technologies_.has(technology)) return false;
  const bool is_gsm = technology == Technology::kEgprs;
  if (settings_.scan_mode == "1") return is_gsm;
  if (is_gsm) return settings_.scan_mode != "3";
  if (settings_.lte_mode == "0") return technology == Technology::kEmtc;
  return settings_.lte_mode != "1" || technology == Technology::kNbIot;
}

bool NetworkSearch::finds(const Operator& candidate) const {
  if (std::ranges::find(order_, candidate.technology) == order_.end()) return false;
  const auto& mask = masks_[mask_index(candidate.technology)];
  const auto bit = band_bit(candidate.technology, candidate.cell.band);
  return !mask || !bit || has_bit(*mask, *bit);
}

template <class Predicate>
std::optional<std::size_t> NetworkSearch::find(const std::vector<Operator>& operators,
                                               Predicate is_wanted) const {
  for (const auto technology : order_) {
    for (std::size_t i = 0; i < operators.size(); ++i) {
      const auto& candidate = operators[i];
      if (candidate.technology == technology && finds(candidate) && is_wanted(candidate)) return i;
    }
  }
  return std::nullopt;
}

std::optional<std::size_t> NetworkSearch::find_selected(const std::vector<Operator>& operators,
                                                        const OperatorSelection& selection) const {
  return find(operators, [&](const Operator& candidate) { return selection.matches(candidate); });
}

std::optional<std::size_t> NetworkSearch::find_automatically(const std::vector<Operator>& operators,
                                                             bool is_roaming) const {
  const auto find_one = [&](Access access) {
    return find(operators, [=](const Operator& candidate) { return candidate.access == access; });
  };
  const auto first_choice = find_one(is_roaming ? Access::kPartner : Access::kHome);
  // A list without partners is roamed in, one without a home lived in, all the same.
  return first_choice ? first_choice : find_one(is_roaming ? Access::kHome : Access::kPartner);
}

}  // namespace vmodem::firmware
