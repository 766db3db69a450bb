#include "firmware/model.h"

#include <algorithm>
#include <array>

#include "at_engine/text.h"

namespace vmodem::firmware {
namespace {

// The pairs of quectel-at.md §3; where no revision of a model was ever captured, its sibling's scheme
// is followed.
constexpr std::array<Model, 9> kModels{{
    {"BG95-M1", "BG95M1LAR02A02"},
    {"BG95-M2", "BG95M2LAR02A02"},
    {"BG95-M3", "BG95M3LAR02A03"},
    {"BG95-M4", "BG95M4LAR02A02"},
    {"BG95-M5", "BG95M5LAR02A02"},
    {"BG95-M6", "BG95M6LAR02A02"},
    {"BG95-MF", "BG95MFLAR02A02"},
    {"BG77", "BG77LAR02A04"},
    {"BG600L-M3", "BG600LM3LAR02A03"},
}};

}  // namespace

std::span<const Model> models() { return kModels; }

const Model* find_model(std::string_view name) {
  const auto model = std::ranges::find_if(
      kModels, [&](const Model& entry) { return at::equals_ignoring_case(entry.name, name); });
  return model == kModels.end() ? nullptr : &*model;
}

}  // namespace vmodem::firmware
