// AT+COPS as the host left it (27.007 §7.3, AT95 §6.2). It saves itself.
#pragma once

#include <optional>
#include <string>

#include "firmware/radio/config.h"
#include "firmware/settings/saved.h"

namespace vmodem::firmware {

enum class SelectionMode : int {
  kAutomatic = 0,
  kManual = 1,
  kDeregistered = 2,
  kFormatOnly = 3,  // never kept
  kManualThenAutomatic = 4,
};

// How AT+COPS? names the operator.
enum class OperatorFormat : int { kLong = 0, kShort = 1, kNumeric = 2 };

struct OperatorSelection {
  SelectionMode mode = SelectionMode::kAutomatic;
  OperatorFormat format = OperatorFormat::kLong;
  std::string name;  // manual: as the host wrote it, in any of the three formats
  std::optional<Technology> technology;  // manual: on this one only

  [[nodiscard]] bool is_manual() const {
    return mode == SelectionMode::kManual || mode == SelectionMode::kManualThenAutomatic;
  }
  [[nodiscard]] bool matches(const Operator& candidate) const;
};

[[nodiscard]] OperatorSelection load_selection(const SavedSettings& saved);
// False where the store failed.
[[nodiscard]] bool save_selection(SavedSettings& saved, const OperatorSelection& selection);

[[nodiscard]] const std::string& name_of(const Operator& entry, OperatorFormat format);

}  // namespace vmodem::firmware
