#include "tools/conform/output/progress.h"

#include <fmt/format.h>

namespace vmodem::conform {
namespace {

constexpr std::string_view kClearLine = "\r\x1B[K";
constexpr std::string_view kRed = "\x1B[31m";
constexpr std::string_view kYellow = "\x1B[33m";
constexpr std::string_view kPlain = "\x1B[0m";

bool is_good(const Report& report) {
  return report.verdict == Verdict::kPassed || report.verdict == Verdict::kLeftOut;
}

}  // namespace

void Progress::clear() {
  if (is_terminal_) fmt::print(out_, "{}", kClearLine);
}

std::string Progress::coloured(const Report& report, std::string text) const {
  if (!has_colour_ || report.verdict == Verdict::kPassed) return text;
  const auto colour = is_good(report) ? kYellow : kRed;
  return fmt::format("{}{}{}", colour, text, kPlain);
}

void Progress::tell(const Report& report) {
  ++told_;
  failed_ += !is_good(report);
  clear();
  if (!is_terminal_ || report.verdict != Verdict::kPassed) {
    fmt::print(out_, "{}\n", coloured(report, to_text(report)));
  }
  if (is_terminal_) fmt::print(out_, "{} of {}, {} failed", told_, count_, failed_);
  std::fflush(out_);
}

void Progress::finish(const Totals& totals, Duration took) {
  clear();
  fmt::print(out_, "{} in {:.1f} s\n", to_text(totals),
             std::chrono::duration<double>(took).count());
  std::fflush(out_);
}

}  // namespace vmodem::conform
