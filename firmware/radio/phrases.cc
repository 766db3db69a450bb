#include "firmware/radio/phrases.h"

#include <fmt/format.h>

#include "firmware/base/check.h"

namespace vmodem::firmware {
namespace {

std::string_view phrase_of(Registration registration) {
  switch (registration) {
    case Registration::kNotSearching:
      return "not registered, not searching";
    case Registration::kHome:
      return "registered at home";
    case Registration::kSearching:
      return "searching for a network";
    case Registration::kDenied:
      return "registration denied";
    case Registration::kUnknown:
      return "out of coverage";
    case Registration::kRoaming:
      return "registered, roaming";
  }
  BG_CHECK(false, "every state has its phrase");
  return {};
}

}  // namespace

std::string describe(const RegistrationChanged& change, const Operator* serving) {
  const auto phrase = phrase_of(change.registration);
  if (serving == nullptr) return std::string(phrase);
  return fmt::format("{}, {} {}", phrase, serving->numeric, serving->cell.band);
}

std::string describe(const std::optional<Signal>& signal) {
  if (!signal) return "no signal";
  return fmt::format("signal {} dBm, RSRP {} dBm", signal->rssi_dbm, signal->rsrp_dbm);
}

}  // namespace vmodem::firmware
