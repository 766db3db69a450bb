// Asks a modem one question for each switch of the dialect, and plays what cases the answers leave
// in doubt.
//
// In:  a place where a modem is, and what has been found before.
// Out: which value of each switch fits, how long things took, and what no switch explains.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tools/conform/runner.h"
#include "tools/conform/survey/findings.h"
#include "tools/conform/survey/interview.h"

namespace vmodem::conform {

// Where the modem is: an object, or a port.
class Site {
 public:
  Site() = default;
  Site(const Site&) = delete;
  Site& operator=(const Site&) = delete;
  virtual ~Site() = default;

  // The modem fresh from a reset, or as fresh as it can be had; the last backend is gone then.
  // Error: it does not come back.
  [[nodiscard]] virtual Expected<Backend*, BackendError> bring_back() = 0;
  // Behind bring_back().
  [[nodiscard]] virtual Meeting meeting() const = 0;
  [[nodiscard]] virtual Dialogue::Patience patience() const = 0;
  [[nodiscard]] virtual Report play(const Planned& one) = 0;
};

// A case that passes on a modem object with the dialect found, and fails on the device.
struct Difference {
  std::string name;
  Failure failure;
};

struct SurveyResult {
  Findings findings{};
  std::vector<std::string> strays{};  // lines that are like the note's, but none of them
  std::vector<Difference> differences{};
  std::size_t cases_played = 0;
  std::size_t cases_passed = 0;
  Duration took{};                    // the questions, in the site's time
  std::optional<std::string> lost{};  // why the device did not come back
};

// `tell` gets a line for each answer as it is found; `keep` all that is found so far.
struct SurveyListener {
  std::function<void(const std::string& key, const Finding& finding)> tell;
  std::function<void(const Findings& findings)> keep;
};

// What `before` has answered is not asked again. Error: the device is not reached at all.
[[nodiscard]] Expected<SurveyResult, BackendError> ask_all(Site& site, Findings before,
                                                           const SurveyListener& listener);

// The cases that a port can play, of those: without settings of their own.
[[nodiscard]] std::vector<Planned> quick_cases(const std::vector<std::string>& files,
                                               const std::string& root,
                                               const std::string& server_address);
void play_quick_cases(Site& site, const std::vector<Planned>& cases, SurveyResult& result);

}  // namespace vmodem::conform
