#include "at_engine/result.h"

#include <fmt/format.h>

#include <array>
#include <cstddef>

#include "firmware/base/check.h"

namespace vmodem::at {
namespace {

// V.250 Table 1, with the numbers of AT95 Table 4.
constexpr std::array<ResultText, 8> kResults{{
    {FinalResult::kOk, 0, "OK"},
    {FinalResult::kConnect, 1, "CONNECT"},
    {FinalResult::kRing, 2, "RING"},
    {FinalResult::kNoCarrier, 3, "NO CARRIER"},
    {FinalResult::kError, 4, "ERROR"},
    {FinalResult::kNoDialtone, 6, "NO DIALTONE"},
    {FinalResult::kBusy, 7, "BUSY"},
    {FinalResult::kNoAnswer, 8, "NO ANSWER"},
}};

constexpr bool results_are_in_order() {
  for (std::size_t i = 0; i < kResults.size(); ++i) {
    if (static_cast<std::size_t>(kResults[i].result) != i) return false;
  }
  return true;
}
static_assert(results_are_in_order());

}  // namespace

const ResultText& result_text(FinalResult result) {
  return kResults[static_cast<std::size_t>(result)];
}

std::string cme_text(const CmeError& error, CmeLevel level) {
  BG_CHECK(level != CmeLevel::kOff, "level 0 prints ERROR, which is no CME text");
  if (level == CmeLevel::kNumeric) return fmt::format("+CME ERROR: {}", error.number);
  return fmt::format("+CME ERROR: {}", error.text);
}

}  // namespace vmodem::at
