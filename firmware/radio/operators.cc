#include "firmware/radio/operators.h"

#include "at_engine/text.h"
#include "firmware/base/check.h"

namespace vmodem::firmware {
namespace {

constexpr int kAnyTechnology = -1;

constexpr SavedNumber kMode{"cops.mode", 0};
constexpr SavedNumber kFormat{"cops.format", 0};
constexpr SavedText kName{"cops.operator"};
constexpr SavedNumber kTechnology{"cops.act", kAnyTechnology};

// The text of the store may have been edited by hand.
int saved_choice(const SavedSettings& saved, const SavedNumber& key, int max) {
  const auto value = saved.get(key);
  return value >= 0 && value <= max ? value : key.initial;
}

}  // namespace

bool OperatorSelection::matches(const Operator& candidate) const {
  if (technology && candidate.technology != *technology) return false;
  return candidate.numeric == name || at::equals_ignoring_case(candidate.long_name, name) ||
         at::equals_ignoring_case(candidate.short_name, name);
}

OperatorSelection load_selection(const SavedSettings& saved) {
  OperatorSelection selection{
      .mode = static_cast<SelectionMode>(saved_choice(saved, kMode, 4)),
      .format = static_cast<OperatorFormat>(saved_choice(saved, kFormat, 2)),
      .name = saved.get(kName)};
  const auto technology = saved.get(kTechnology);
  if (technology != kAnyTechnology) selection.technology = static_cast<Technology>(technology);
  return selection;
}

bool save_selection(SavedSettings& saved, const OperatorSelection& selection) {
  saved.set(kMode, static_cast<int>(selection.mode));
  saved.set(kFormat, static_cast<int>(selection.format));
  saved.set(kName, selection.name);
  saved.set(kTechnology,
            selection.technology ? static_cast<int>(*selection.technology) : kAnyTechnology);
  return saved.save();
}

const std::string& name_of(const Operator& entry, OperatorFormat format) {
  switch (format) {
    case OperatorFormat::kLong:
      return entry.long_name;
    case OperatorFormat::kShort:
      return entry.short_name;
    case OperatorFormat::kNumeric:
      return entry.numeric;
  }
  BG_CHECK(false, "the command accepts three formats");
  return entry.numeric;
}

}  // namespace vmodem::firmware
