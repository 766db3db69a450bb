#include "firmware/model.h"

#include <algorithm>
#include <array>

#include "at_engine/text.h"

namespace vmodem::firmware {
namespace {

constexpr Technologies kCatM1{.nb_iot = false, .egprs = false};
constexpr Technologies kCatM1Nb2{.nb_iot = true, .egprs = false};
constexpr Technologies kCatM1Nb2Egprs{.nb_iot = true, .egprs = true};

// Names and revisions are the pairs of quectel-at.md §3; where no revision of a model was ever
// captured, its sibling's scheme is followed.
constexpr std::array<Model, 9> kModels{{
    {"BG95-M1", "BG95M1LAR02A02", kCatM1},
    {"BG95-M2", "BG95M2LAR02A02", kCatM1Nb2},
    {"BG95-M3", "BG95M3LAR02A03", kCatM1Nb2Egprs},
    {"BG95-M4", "BG95M4LAR02A02", kCatM1Nb2},
    {"BG95-M5", "BG95M5LAR02A02", kCatM1Nb2Egprs},
    {"BG95-M6", "BG95M6LAR02A02", kCatM1Nb2},
    {"BG95-MF", "BG95MFLAR02A02", kCatM1Nb2},
    {"BG77", "BG77LAR02A04", kCatM1Nb2},
    {"BG600L-M3", "BG600LM3LAR02A03", kCatM1Nb2Egprs},
}};

}  // namespace

bool Technologies::has(Technology technology) const {
  switch (technology) {
    case Technology::kEgprs:
      return egprs;
    case Technology::kNbIot:
      return nb_iot;
    case Technology::kEmtc:
      break;
  }
  return true;
}

std::span<const Model> models() { return kModels; }

const Model* find_model(std::string_view name) {
  const auto model = std::ranges::find_if(
      kModels, [&](const Model& entry) { return at::equals_ignoring_case(entry.name, name); });
  return model == kModels.end() ? nullptr : &*model;
}

}  // namespace vmodem::firmware
