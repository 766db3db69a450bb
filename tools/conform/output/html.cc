#include <fmt/format.h>

#include "firmware/base/markup.h"
#include "tools/conform/output/run.h"

namespace vmodem::conform {
namespace {

constexpr std::string_view kHead = R"(<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Conformance</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
:root { color-scheme: light dark; font: 1rem/1.4 system-ui, sans-serif }
body { margin: 2rem auto; max-width: 70rem; padding: 0 1rem }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .2rem .6rem; border-bottom: 1px solid #8885; vertical-align: top }
td.n { text-align: right; font-variant-numeric: tabular-nums }
pre { overflow-x: auto; padding: .6rem; border: 1px solid #8888; margin: .4rem 0 }
.passed::before { content: "✓ " } .failed::before { content: "✗ " }
.failed { font-weight: bold; color: light-dark(#a40000, #ff9a9a) }
.left-out { color: light-dark(#5c5c5c, #b0b0b0) }
</style></head><body>
)";

std::string_view style_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPassed:
      return "passed";
    case Verdict::kLeftOut:
      return "left-out";
    case Verdict::kFailed:
    case Verdict::kUnusable:
    case Verdict::kUnreached:
      break;
  }
  return "failed";
}

std::string row(const Report& report) {
  Totals one;
  one.add(report);
  auto text =
      fmt::format("<tr><td>{}</td><td class=\"{}\">{}</td><td class=\"n\">{} / {}</td></tr>\n",
                  escaped(report.name.empty() ? report.file : report.name),
                  style_of(report.verdict), name_of(report.verdict), one.checks_passed, one.checks);
  if (report.verdict != Verdict::kPassed) {
    text +=
        fmt::format("<tr><td colspan=\"3\"><pre>{}</pre></td></tr>\n", escaped(to_text(report)));
  }
  return text;
}

std::string table(const Run& run, bool is_good) {
  std::string rows;
  for (const auto& report : run.reports) {
    const bool is_other = report.verdict == Verdict::kPassed || report.verdict == Verdict::kLeftOut;
    if (is_other == is_good) rows += row(report);
  }
  if (rows.empty()) return rows;
  return fmt::format(
      "<table><thead><tr><th>case<th>verdict<th>checks passed</tr></thead><tbody>\n{}"
      "</tbody></table>\n",
      rows);
}

}  // namespace

std::string to_html(const Run& run) {
  std::string page(kHead);
  page += fmt::format("<h1>Conformance of {}</h1>\n<p>{}</p>\n", escaped(run.place),
                      escaped(to_text(run.totals)));
  const auto bad = table(run, false);
  if (!bad.empty()) page += "<h2>Failed</h2>\n" + bad;
  return page + "<h2>Passed and left out</h2>\n" + table(run, true) + "</body></html>\n";
}

}  // namespace vmodem::conform
