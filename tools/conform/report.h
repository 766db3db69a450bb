// What became of one case, for people and for programs.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tools/conform/language/script.h"
#include "tools/conform/player.h"

namespace vmodem::conform {

enum class Verdict : std::uint8_t {
  kPassed,
  kFailed,
  kLeftOut,
  kUnusable,   // the file is wrong
  kUnreached,  // the device was not there, or did not come back
};
[[nodiscard]] std::string_view name_of(Verdict verdict);

struct Report {
  std::string file;
  Verdict verdict = Verdict::kPassed;
  Failure failure{};     // kFailed
  std::string reason{};  // kLeftOut, kUnreached
  ScriptError error{};   // kUnusable
  std::string name{};    // as lists have it; empty: the file
  std::vector<Check> checks{};
  Duration took{};
};

[[nodiscard]] Report passed(std::string file);
[[nodiscard]] Report failed(std::string file, Failure failure);
[[nodiscard]] Report left_out(std::string file, std::string reason);
[[nodiscard]] Report unusable(std::string file, ScriptError error);
[[nodiscard]] Report unreached(std::string file, std::string reason);

// How one check of a case went: those behind a failure were not played.
[[nodiscard]] Verdict verdict_of(const Report& report, std::size_t check);
// "commands/line/echo.at:12"
[[nodiscard]] std::string place_of(const Report& report);

struct Totals {
  std::size_t cases = 0;
  std::size_t passed = 0;
  std::size_t failed = 0;
  std::size_t left_out = 0;
  std::size_t unusable = 0;
  std::size_t unreached = 0;
  std::size_t checks = 0;
  std::size_t checks_passed = 0;

  void add(const Report& report);
};

// Several lines without a line end behind the last one.
[[nodiscard]] std::string to_text(const Report& report);
// One line of JSON.
[[nodiscard]] std::string to_json(const Report& report);
// "401 cases: 398 passed, 3 left out; 2,345 of 2,360 checks passed"
[[nodiscard]] std::string to_text(const Totals& totals);

}  // namespace vmodem::conform
