#include "coap_core/option_registry.h"

#include <algorithm>
#include <array>

namespace vmodem::coap {
namespace {

using enum OptionFormat;

constexpr bool kRepeatable = true;
constexpr bool kOnce = false;
constexpr bool kNote = true;
constexpr bool kNotInNote = false;
constexpr bool kBoth = true;
constexpr bool kRequests = false;

constexpr std::array kRules = std::to_array<OptionRule>({
    {1, "If-Match", kOpaque, 0, 8, kRepeatable, kNote, kRequests},
    {3, "Uri-Host", kString, 1, 255, kOnce, kNote, kRequests},
    {4, "ETag", kOpaque, 1, 8, kRepeatable, kNote, kBoth},
    {5, "If-None-Match", kEmpty, 0, 0, kOnce, kNote, kRequests},
    {6, "Observe", kUint, 0, 3, kOnce, kNotInNote, kBoth},
    {7, "Uri-Port", kUint, 0, 2, kOnce, kNote, kRequests},
    {8, "Location-Path", kString, 0, 255, kRepeatable, kNote, kBoth},
    {11, "Uri-Path", kString, 0, 255, kRepeatable, kNote, kRequests},
    {12, "Content-Format", kUint, 0, 2, kOnce, kNote, kBoth},
    {14, "Max-Age", kUint, 0, 4, kOnce, kNote, kBoth},
    {15, "Uri-Query", kString, 0, 255, kRepeatable, kNote, kRequests},
    {17, "Accept", kUint, 0, 2, kOnce, kNote, kRequests},
    {20, "Location-Query", kString, 0, 255, kRepeatable, kNote, kBoth},
    {23, "Block2", kUint, 0, 3, kOnce, kNotInNote, kBoth},
    {27, "Block1", kUint, 0, 3, kOnce, kNotInNote, kBoth},
    {28, "Size2", kUint, 0, 4, kOnce, kNotInNote, kBoth},
    {35, "Proxy-Uri", kString, 1, 1034, kOnce, kNote, kRequests},
    {39, "Proxy-Scheme", kString, 1, 255, kOnce, kNote, kRequests},
    {60, "Size1", kUint, 0, 4, kOnce, kNote, kBoth},
    {252, "Echo", kOpaque, 1, 40, kOnce, kNotInNote, kBoth},
    {258, "No-Response", kUint, 0, 1, kOnce, kNotInNote, kRequests},
    {292, "Request-Tag", kOpaque, 0, 8, kRepeatable, kNotInNote, kRequests},
});
static_assert(std::ranges::is_sorted(kRules, std::ranges::less{}, &OptionRule::number));

}  // namespace

std::span<const OptionRule> option_rules() {
  return kRules;
}

const OptionRule* find_option_rule(std::uint16_t number) {
  const auto found =
      std::ranges::lower_bound(kRules, number, std::ranges::less{}, &OptionRule::number);
  if (found == kRules.end() || found->number != number) return nullptr;
  return &*found;
}

}  // namespace vmodem::coap
