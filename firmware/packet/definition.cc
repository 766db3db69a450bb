#include "firmware/packet/definition.h"

#include <fmt/format.h>

#include <array>

#include "at_engine/text.h"

namespace vmodem::firmware {
namespace {

constexpr std::array<std::string_view, 5> kTypeNames{"IP", "PPP", "IPV6", "IPV4V6", "Non-IP"};

struct NumberField {
  std::string_view name;
  int PdpDefinition::*field;
};
struct TextField {
  std::string_view name;
  std::string PdpDefinition::*field;
};

constexpr NumberField kNumbers[] = {{"d_comp", &PdpDefinition::data_compression},
                                    {"h_comp", &PdpDefinition::header_compression},
                                    {"v4alloc", &PdpDefinition::ipv4_allocation},
                                    {"auth", &PdpDefinition::authentication}};
constexpr TextField kTexts[] = {{"apn", &PdpDefinition::apn},
                                {"address", &PdpDefinition::address},
                                {"user", &PdpDefinition::user},
                                {"password", &PdpDefinition::password}};

std::string key(int id, std::string_view field) {
  return fmt::format("pdp.{}.{}", id, field);
}

}  // namespace

std::string_view name(PdpType type) {
  return kTypeNames[static_cast<std::size_t>(type)];
}

std::optional<PdpType> find_pdp_type(std::string_view text) {
  for (std::size_t i = 0; i < kTypeNames.size(); ++i) {
    if (at::equals_ignoring_case(kTypeNames[i], text)) return PdpType{static_cast<int>(i)};
  }
  return std::nullopt;
}

PdpDefinition load_pdp(const SavedSettings& saved, int id) {
  PdpDefinition definition;
  const int defined_before = id == 1 ? 1 : 0;
  definition.is_defined = saved.get(SavedNumber{key(id, "defined"), defined_before}) == 1;
  definition.type = find_pdp_type(saved.get(SavedText{key(id, "type")})).value_or(PdpType::kIp);
  for (const auto& [field_name, field] : kNumbers) {
    definition.*field = saved.get(SavedNumber{key(id, field_name)});
  }
  for (const auto& [field_name, field] : kTexts) {
    definition.*field = saved.get(SavedText{key(id, field_name)});
  }
  return definition;
}

bool save_pdp(SavedSettings& saved, int id, const PdpDefinition& definition) {
  saved.set(SavedNumber{key(id, "defined")}, definition.is_defined ? 1 : 0);
  saved.set(SavedText{key(id, "type")}, name(definition.type));
  for (const auto& [field_name, field] : kNumbers) {
    saved.set(SavedNumber{key(id, field_name)}, definition.*field);
  }
  for (const auto& [field_name, field] : kTexts) {
    saved.set(SavedText{key(id, field_name)}, definition.*field);
  }
  return saved.save();
}

}  // namespace vmodem::firmware
