#include "tests/mutants/suite.h"

#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <utility>

#include "firmware/base/check.h"
#include "tests/mutants/mutant.h"
#include "tools/conform/device/modem_backend.h"
#include "tools/conform/player.h"
#include "tools/conform/settings.h"
#include "tools/conform/suite.h"

namespace vmodem::mutants {
namespace {

constexpr int kSurvived = 0;
constexpr int kFailed = 1;

bool is_meant(const Mutant& mutant, const conform::Setting& setting) {
  return setting.key == mutant.key && (mutant.value.empty() || setting.value == mutant.value);
}

// The case's modem as if the key did nothing. Where another value is allowed only beside this one, there
// is no such modem.
bool is_held_without_key(const Case& one, const Mutant& mutant) {
  auto script = one.script;
  const auto count =
      std::erase_if(script.settings, [&](const auto& setting) { return is_meant(mutant, setting); });
  if (count == 0) return true;
  const auto config = conform::make_modem_config(script);
  if (!config) return true;
  conform::ModemBackend backend(*config, script);
  return !conform::play(script, backend);
}

bool is_held(const Case& one, const Mutant& mutant) {
  if (!mutant.key.empty()) return is_held_without_key(one, mutant);
  conform::ModemBackend backend(one.config, one.script);
  return !conform::play(one.script, backend);
}

void limit(int seconds) {
  const itimerval timer{.it_interval = {}, .it_value = {.tv_sec = seconds, .tv_usec = 0}};
  setitimer(ITIMER_VIRTUAL, &timer, nullptr);
}

// The cases' indices, that which goes first in front.
std::vector<std::size_t> order_of(const Mutant& mutant, const std::vector<Case>& cases) {
  std::vector<std::size_t> order(cases.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  // clang 14 cannot compile the subrange that std::ranges::stable_partition returns.
  std::stable_partition(order.begin(), order.end(),
                        [&](auto i) { return cases[i].name == mutant.first_case; });
  return order;
}

// In a process of its own: says into `told` which case it begins.
[[noreturn]] void play_here(const Mutant& mutant, const std::vector<Case>& cases, int seconds,
                            int told) {
  // What a broken invariant leaves behind is of no interest, nor its core.
  std::signal(SIGABRT, SIG_DFL);
  close(STDERR_FILENO);
  Setter::choose(mutant.number);
  for (const auto i : order_of(mutant, cases)) {
    if (write(told, &i, sizeof i) != sizeof i) break;
    limit(seconds);
    if (!is_held(cases[i], mutant)) _exit(kFailed);
  }
  _exit(kSurvived);
}

std::optional<std::size_t> last_told(int from) {
  std::optional<std::size_t> last;
  for (std::size_t index = 0; read(from, &index, sizeof index) == sizeof index;) last = index;
  return last;
}

End end_of(int status) {
  if (WIFSIGNALED(status)) {
    return WTERMSIG(status) == SIGVTALRM ? End::kTimedOut : End::kAborted;
  }
  switch (WEXITSTATUS(status)) {
    case kSurvived:
      return End::kSurvived;
    case kFailed:
      return End::kFailed;
    default:
      return End::kAborted;
  }
}

}  // namespace

Expected<std::vector<Case>, std::string> read_cases(const std::string& folder) {
  const auto files = conform::cases_below({folder});
  if (!files) return unexpected(files.error().what);
  std::vector<Case> cases;
  for (const auto& file : *files) {
    auto script = conform::read_script(file);
    if (!script) return unexpected(file + ": " + script.error().fault.what);
    auto config = conform::make_modem_config(*script);
    if (!config) return unexpected(file + ": " + config.error().fault.what);
    const auto name = std::filesystem::path(file).lexically_relative(folder).string();
    cases.push_back({name, std::move(*script), std::move(*config)});
  }
  return cases;
}

Verdict play(const Mutant& mutant, const std::vector<Case>& cases, int seconds) {
  int ends[2];
  BG_CHECK(pipe(ends) == 0, "a process may have two more files");
  const auto child = fork();
  BG_CHECK(child >= 0, "there may be one more process");
  if (child == 0) play_here(mutant, cases, seconds, ends[1]);

  close(ends[1]);
  const auto last = last_told(ends[0]);
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  const auto end = end_of(status);
  if (end == End::kSurvived || !last) return {end, {}};
  return {end, cases[*last].name};
}

}  // namespace vmodem::mutants
