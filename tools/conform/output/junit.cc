#include <fmt/format.h>

#include <algorithm>

#include "firmware/base/markup.h"
#include "tools/conform/output/run.h"

namespace vmodem::conform {
namespace {

std::string seconds(Duration duration) {
  return fmt::format("{:.3f}", std::chrono::duration<double>(duration).count());
}

// "note.3_examples" reads as one name to those that take '.' for a package.
std::string class_name(const Report& report) {
  auto name = report.name.empty() ? report.file : report.name;
  std::ranges::replace(name, '.', '_');
  std::ranges::replace(name, '/', '.');
  return escaped(name);
}

std::string outcome(const Report& report, Verdict verdict) {
  switch (verdict) {
    case Verdict::kPassed:
      return {};
    case Verdict::kFailed:
      return fmt::format("<failure message=\"{}\">{}</failure>", escaped(report.failure.what),
                         escaped(to_text(report)));
    case Verdict::kLeftOut: {
      const bool is_behind = report.verdict == Verdict::kFailed;
      return fmt::format("<skipped message=\"{}\"/>",
                         is_behind ? "behind a check that failed" : escaped(report.reason));
    }
    case Verdict::kUnusable:
    case Verdict::kUnreached:
      break;
  }
  return fmt::format("<error message=\"{}\"/>", escaped(to_text(report)));
}

struct Counts {
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::size_t errors = 0;
  std::size_t skipped = 0;

  void add(Verdict verdict) {
    ++tests;
    failures += verdict == Verdict::kFailed;
    skipped += verdict == Verdict::kLeftOut;
    errors += verdict == Verdict::kUnusable || verdict == Verdict::kUnreached;
  }
  void add(const Counts& other) {
    tests += other.tests;
    failures += other.failures;
    errors += other.errors;
    skipped += other.skipped;
  }
  [[nodiscard]] std::string text() const {
    return fmt::format("tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\"", tests, failures,
                       errors, skipped);
  }
};

std::string test_case(const Report& report, std::string_view name, Verdict verdict, Duration took) {
  const auto inside = outcome(report, verdict);
  const auto head = fmt::format("<testcase classname=\"{}\" name=\"{}\" time=\"{}\"",
                                class_name(report), escaped(name), seconds(took));
  return inside.empty() ? head + "/>\n" : fmt::format("{}>{}</testcase>\n", head, inside);
}

// A file without checks, or that cannot be read, is one test case.
std::string suite(const Report& report, Counts& all) {
  Counts counts;
  std::string cases;
  if (report.checks.empty()) {
    counts.add(report.verdict);
    cases = test_case(report, "case", report.verdict, report.took);
  }
  for (std::size_t i = 0; i < report.checks.size(); ++i) {
    const auto verdict = verdict_of(report, i);
    counts.add(verdict);
    const auto name = fmt::format("{} {}", report.checks[i].line, report.checks[i].title);
    cases += test_case(report, name, verdict, i == 0 ? report.took : Duration::zero());
  }
  all.add(counts);
  return fmt::format("<testsuite name=\"{}\" {} time=\"{}\">\n{}</testsuite>\n",
                     escaped(report.name.empty() ? report.file : report.name), counts.text(),
                     seconds(report.took), cases);
}

}  // namespace

std::string to_junit(const Run& run) {
  Counts all;
  std::string suites;
  for (const auto& report : run.reports) suites += suite(report, all);
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"vmodem-conform\" {} "
      "time=\"{}\">\n{}</testsuites>\n",
      all.text(), seconds(run.took), suites);
}

}  // namespace vmodem::conform
