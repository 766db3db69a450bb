// Reports of a run of cases, as pages and files: JUnit's XML, HTML, Markdown, and what a terminal
// shows meanwhile.
//
// In:  reports of cases, one behind the other.
// Out: texts.
#pragma once

#include <string>
#include <vector>

#include "tools/conform/report.h"

namespace vmodem::conform {

struct Run {
  std::string place;  // where the cases were played
  std::vector<Report> reports;
  Totals totals;
  Duration took{};
};

// A suite for each case, a test case for each check.
[[nodiscard]] std::string to_junit(const Run& run);
// One page with all it needs.
[[nodiscard]] std::string to_html(const Run& run);
// For the summary of a CI job.
[[nodiscard]] std::string to_markdown(const Run& run);

}  // namespace vmodem::conform
