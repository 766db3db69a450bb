#include "tools/conform/survey/survey.h"

#include <utility>

#include "tools/conform/suite.h"
#include "tools/conform/survey/probes.h"

namespace vmodem::conform {
namespace {

bool is_settled(const Finding* finding) {
  return finding != nullptr && finding->kind != Finding::Kind::kUnanswered;
}

// One stretch with a device, from a reset to the next.
class Visit {
 public:
  Visit(Site& site, Backend& backend, Findings& findings)
      : dialogue_(backend, kPeerCount, site.patience()),
        interview_(dialogue_, site.meeting(), findings) {}

  [[nodiscard]] bool wakes() {
    if (!interview_.wakes()) return false;
    interview_.tidy();
    return true;
  }
  Finding ask(const Probe& probe) {
    auto finding = probe.ask(interview_);
    if (!dialogue_.trouble()) return finding;
    return unanswered(finding.question, *dialogue_.trouble());
  }
  void finish() { clean_up(interview_); }
  [[nodiscard]] Instant now() const { return dialogue_.now(); }
  [[nodiscard]] const std::vector<std::string>& strays() const { return dialogue_.strays(); }

 private:
  Dialogue dialogue_;
  Interview interview_;
};

class Questions {
 public:
  Questions(Site& site, SurveyResult& result, const SurveyListener& listener)
      : site_(site), result_(result), listener_(listener) {}

  // Error: the device does not come.
  [[nodiscard]] Done begin() {
    end();
    const auto backend = site_.bring_back();
    if (!backend) return unexpected(backend.error());
    visit_ = std::make_unique<Visit>(site_, **backend, result_.findings);
    begun_ = visit_->now();
    return {};
  }
  [[nodiscard]] Done ask(const Probe& probe) {
    auto& findings = result_.findings;
    const auto* known = findings.find(probe.key);
    if (is_settled(known)) {
      listener_.tell(std::string(probe.key), *known);
      return {};
    }
    findings.switches.erase(std::string(probe.key));
    if (!visit_->wakes()) {
      if (auto begun = begin(); !begun) return begun;
      if (!visit_->wakes()) return failed("the module does not answer");
    }
    auto finding = visit_->ask(probe);
    findings.switches[std::string(probe.key)] = std::move(finding);
    listener_.tell(std::string(probe.key), *findings.find(probe.key));
    listener_.keep(findings);
    return {};
  }
  void end() {
    if (!visit_) return;
    result_.took += visit_->now() - begun_;
    result_.strays.insert(result_.strays.end(), visit_->strays().begin(), visit_->strays().end());
    visit_.reset();
  }
  void clean_up() {
    if (visit_ && visit_->wakes()) visit_->finish();
  }

 private:
  Site& site_;
  SurveyResult& result_;
  const SurveyListener& listener_;
  std::unique_ptr<Visit> visit_;
  Instant begun_{};
};

}  // namespace

Expected<SurveyResult, BackendError> ask_all(Site& site, Findings before,
                                             const SurveyListener& listener) {
  SurveyResult result{.findings = std::move(before)};
  Questions questions(site, result, listener);
  if (const auto begun = questions.begin(); !begun) return unexpected(begun.error());
  for (const auto& probe : probes()) {
    if (const auto asked = questions.ask(probe); !asked) {
      result.lost = asked.error().what;
      break;
    }
  }
  if (!result.lost) questions.clean_up();
  questions.end();
  return result;
}

std::vector<Planned> quick_cases(const std::vector<std::string>& files, const std::string& root,
                                 const std::string& server_address) {
  const ReadOptions reading{.server_address = server_address};
  std::vector<Planned> cases;
  for (const auto& file : files) {
    Planned one{file, case_name(root, file), read_script(file, reading)};
    if (!one.script) continue;
    const auto& script = *one.script;
    const bool is_quick = !script.virtual_only && script.settings.empty() && !script.seed &&
                          !script.has_internet && script.faults.empty();
    if (is_quick) cases.push_back(std::move(one));
  }
  return cases;
}

// Only what is wrong on the device and right on the object says something of the device.
void play_quick_cases(Site& site, const std::vector<Planned>& cases, SurveyResult& result) {
  for (const auto& one : cases) {
    auto as_found = one;
    for (const auto& [key, finding] : result.findings.switches) {
      if (finding.kind != Finding::Kind::kFound) continue;
      as_found.script->settings.push_back({.key = key, .value = finding.value, .line = 1});
    }
    const Way object{};
    if (play_case(as_found.file, *as_found.script, object).verdict != Verdict::kPassed) continue;
    const auto report = site.play(one);
    if (report.verdict == Verdict::kLeftOut) continue;
    ++result.cases_played;
    if (report.verdict == Verdict::kPassed) {
      ++result.cases_passed;
      continue;
    }
    auto failure = report.failure;
    if (report.verdict != Verdict::kFailed) failure.what = report.reason;
    result.differences.push_back({one.name, std::move(failure)});
    if (report.verdict == Verdict::kUnreached) break;
  }
}

}  // namespace vmodem::conform
