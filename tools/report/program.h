// vmodem-report: what the journals of runs tell, as a page, for programs, for a job's summary and
// for CI.
//
// In:  files of journals.
// Out: HTML, JSON, Markdown and JUnit.
#pragma once

namespace vmodem::report {

// 0: the reports are written; 1: one could not be; 2: wrong arguments, or a file that is no
// journal; 3: --fail-on findings, and there are some.
[[nodiscard]] int run(int argc, const char* const* argv);

}  // namespace vmodem::report
