#include "firmware/radio/bands.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <span>

namespace vmodem::firmware {
namespace {

struct Band {
  int number;  // MHz of GSM
  std::size_t bit;
  int channel;
};

constexpr std::array<Band, 4> kGsmBands{
    {{900, 0, 62}, {1800, 1, 698}, {850, 2, 190}, {1900, 3, 661}}};
// Of eMTC and NB-IoT, over all models.
constexpr std::array<Band, 21> kLteBands{
    {{1, 0, 300},     {2, 1, 900},     {3, 2, 1575},    {4, 3, 2175},    {5, 4, 2525},
     {8, 7, 3625},    {12, 11, 5095},  {13, 12, 5230},  {18, 17, 5925},  {19, 18, 6075},
     {20, 19, 6300},  {25, 24, 8365},  {26, 25, 8865},  {27, 26, 9125},  {28, 27, 9435},
     {31, 30, 9895},  {66, 65, 66886}, {71, 70, 68761}, {72, 71, 68961}, {73, 72, 69011},
     {85, 84, 70456}}};

// The number at the end of "LTE BAND 20" and "GSM 900".
std::optional<int> trailing_number(std::string_view name) {
  const auto digits = name.substr(name.find_last_not_of("0123456789") + 1);
  int number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return error == std::errc{} ? std::optional(number) : std::nullopt;
}

std::span<const Band> bands_of(Technology technology) {
  if (technology == Technology::kEgprs) return kGsmBands;
  return kLteBands;
}

Operator on_band(const Operator& entry, const Band& band) {
  constexpr std::size_t kIdMin = 0x80;  // apart from what a configuration is likely to give
  auto other = entry;
  const bool is_gsm = entry.technology == Technology::kEgprs;
  other.cell.band = fmt::format("{} {}", is_gsm ? "GSM" : "LTE BAND", band.number);
  other.cell.channel = band.channel;
  auto& id = other.cell.id;
  id.resize(id.size() < 2 ? 0 : id.size() - 2);
  id += fmt::format("{:02X}", kIdMin + band.bit);
  return other;
}

}  // namespace

std::optional<std::size_t> band_bit(Technology technology, std::string_view name) {
  const auto number = trailing_number(name);
  if (!number) return std::nullopt;
  if (technology != Technology::kEgprs) {
    return *number > 0 ? std::optional(static_cast<std::size_t>(*number - 1)) : std::nullopt;
  }
  const auto* band = std::ranges::find(kGsmBands, *number, &Band::number);
  return band != kGsmBands.end() ? std::optional(band->bit) : std::nullopt;
}

std::vector<Operator> on_their_bands(const std::vector<Operator>& operators) {
  auto all = operators;
  for (const auto& entry : operators) {
    if (!entry.is_on_every_band) continue;
    const auto own = band_bit(entry.technology, entry.cell.band);
    for (const auto& band : bands_of(entry.technology)) {
      if (own != band.bit) all.push_back(on_band(entry, band));
    }
  }
  return all;
}

}  // namespace vmodem::firmware
