#include "tools/conform/runner.h"

#include <fmt/format.h>

#include <algorithm>

#include "tests/support/catch.h"
#include "tools/conform/output/run.h"

namespace vmodem::conform {
namespace {

constexpr const char* kGood =
    "> ATE0\n<< ATE0\\r\n< OK\n\n# what it is\n> AT+CFUN?\n< +CFUN: 1\n< OK\n";
constexpr const char* kBad = "> ATE0\n<< ATE0\\r\n< OK\n\n> AT\n< <NO>\n\n> AT\n< OK\n";

std::vector<Planned> cases_of(std::initializer_list<const char*> texts) {
  std::vector<Planned> cases;
  for (const auto* text : texts) {
    const auto name = fmt::format("room/case.{}", cases.size());
    cases.push_back({name + ".at", name, parse_script(text)});
  }
  return cases;
}

Run run_all(const std::vector<Planned>& cases, const Order& order = {}, const Way& way = {}) {
  Run run{.place = to_text(way)};
  run_cases(cases, order_of(cases.size(), order), way, 3, [&](const Report& report) {
    run.totals.add(report);
    run.reports.push_back(report);
  });
  return run;
}

TEST_CASE("cases are told in their order, with each check's verdict") {
  const auto run = run_all(cases_of({kGood, kBad, "nonsense\n", kGood}));
  REQUIRE(run.reports.size() == 4);
  CHECK(run.reports[0].verdict == Verdict::kPassed);
  CHECK(run.reports[1].verdict == Verdict::kFailed);
  CHECK(run.reports[2].verdict == Verdict::kUnusable);
  CHECK(run.reports[3].name == "room/case.3");
  CHECK(verdict_of(run.reports[1], 0) == Verdict::kPassed);
  CHECK(verdict_of(run.reports[1], 1) == Verdict::kFailed);
  CHECK(verdict_of(run.reports[1], 2) == Verdict::kLeftOut);
  CHECK(to_text(run.totals) == "4 cases: 2 passed, 1 failed, 1 unusable; 5 of 7 checks passed");
}

TEST_CASE("a shuffled order has each case as often as it is wanted, and the seed decides") {
  const auto order = order_of(50, {.repeats = 2, .shuffle_seed = 7});
  CHECK(order.size() == 100);
  CHECK(std::ranges::count(order, 13U) == 2);
  CHECK(order == order_of(50, {.repeats = 2, .shuffle_seed = 7}));
  CHECK(order != order_of(50, {.repeats = 2, .shuffle_seed = 8}));
}

TEST_CASE("a program that is no vmodem is not reached, and what is left is left out") {
  const Way way{.kind = Way::Kind::kSpawned, .program = "/bin/false"};
  const auto run = run_all(cases_of({kGood, kGood, kGood, kGood, kGood, kGood}), {}, way);
  CHECK(run.totals.passed == 0);
  CHECK(run.totals.unreached >= 1);
  CHECK(run.totals.unreached + run.totals.left_out == 6);
}

TEST_CASE("JUnit has a test case a check, and nothing in it is markup of a case's own") {
  const auto xml = to_junit(run_all(cases_of({kGood, kBad, "nonsense\n"})));
  CHECK(xml.find("<testsuites name=\"vmodem-conform\" tests=\"6\" failures=\"1\" errors=\"1\" "
                 "skipped=\"1\"") != std::string::npos);
  CHECK(xml.find("<testcase classname=\"room.case_0\" name=\"6 what it is\"") != std::string::npos);
  CHECK(xml.find("<NO>") == std::string::npos);
  CHECK(xml.find("&lt;NO&gt;") != std::string::npos);
}

TEST_CASE("the page and the summary name what failed and escape what it said") {
  const auto run = run_all(cases_of({kGood, kBad}));
  const auto page = to_html(run);
  CHECK(page.find("<h2>Failed</h2>") != std::string::npos);
  CHECK(page.find("<NO>") == std::string::npos);
  const auto summary = to_markdown(run);
  CHECK(summary.find("| `room` | 2 | 1 | 1 | 0 | 3 | 5 |") != std::string::npos);
  CHECK(summary.find("room/case.1.at:6: something else came") != std::string::npos);
}

}  // namespace
}  // namespace vmodem::conform
