// mutants_test: every mutant of a list, and the case that finds it. One that no case finds is a case
// that is missing.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "firmware/configuration/dialect_keys.h"
#include "tests/mutants/suite.h"

namespace vmodem::mutants {
namespace {

constexpr int kExitSurvivors = 1;
constexpr int kExitUnusable = 2;

struct Row {
  std::uint32_t number;
  std::string_view name;
  std::string_view list;
  std::string_view says;
  std::string_view first_case;
};

constexpr Row kRows[] = {
#include "mutants.inc"
};

// The list that shows what becomes of mutants that cannot be found; not of the modem's own.
constexpr std::string_view kProof = "proof";

Mutant switch_in_vain(std::string_view key, std::string_view value) {
  auto name = fmt::format("{}{}{}_does_nothing", key, value.empty() ? "" : "_", value);
  std::ranges::replace(name, '.', '_');
  return {.name = std::move(name),
          .says = fmt::format("{}{}{} is read and does nothing", key, value.empty() ? "" : "=", value),
          .key = std::string(key),
          .value = std::string(value)};
}

// For every switch there is, and each word of one that has several: that it does nothing.
std::vector<Mutant> switches() {
  std::vector<Mutant> mutants;
  for (const auto& row : app::dialect_keys()) {
    const auto* words = std::get_if<app::WordKey>(&row.key.kind);
    if (words == nullptr) {
      mutants.push_back(switch_in_vain(row.key.name, {}));
      continue;
    }
    for (std::size_t i = 0; i < words->words.size(); ++i) {
      if (i == words->get(app::Config{})) continue;
      mutants.push_back(switch_in_vain(row.key.name, words->words[i]));
    }
  }
  return mutants;
}

std::vector<Mutant> mutants_of(std::string_view list) {
  const bool is_proof = list == kProof;
  std::vector<Mutant> mutants;
  for (const auto& row : kRows) {
    if ((row.list == kProof) != is_proof) continue;
    mutants.push_back({.name = std::string(row.name),
                       .says = std::string(row.says),
                       .number = row.number,
                       .first_case = std::string(row.first_case)});
  }
  if (!is_proof) std::ranges::move(switches(), std::back_inserter(mutants));
  return mutants;
}

// Those of these names; without names all.
std::vector<Mutant> chosen(std::vector<Mutant> mutants, const std::vector<std::string>& names) {
  if (names.empty()) return mutants;
  std::erase_if(mutants, [&](const auto& mutant) {
    return std::ranges::find(names, mutant.name) == names.end();
  });
  return mutants.size() == names.size() ? mutants : std::vector<Mutant>{};
}

std::string_view text_of(End end) {
  switch (end) {
    case End::kSurvived:
      return "survives";
    case End::kFailed:
      return "fails";
    case End::kAborted:
      return "ends the program in";
    case End::kTimedOut:
      return "hangs in";
  }
  return {};
}

struct Tally {
  std::vector<std::string> survivors;
  std::string table;
};

Tally play_all(const std::vector<Mutant>& mutants, const std::vector<Case>& cases, int seconds) {
  Tally tally;
  for (const auto& mutant : mutants) {
    const auto verdict = play(mutant, cases, seconds);
    const auto line = fmt::format("{:<44}  {} {}", mutant.name, text_of(verdict.end), verdict.by);
    fmt::print("{}\n", line);
    std::fflush(stdout);
    tally.table += line + "\n";
    if (verdict.end == End::kSurvived) {
      tally.survivors.push_back(fmt::format("{}: {}", mutant.name, mutant.says));
    }
  }
  return tally;
}

// A first case that is none any more would cost a run of all.
bool are_cases(const std::vector<Mutant>& mutants, const std::vector<Case>& cases) {
  bool all = true;
  for (const auto& mutant : mutants) {
    if (mutant.first_case.empty() ||
        std::ranges::find(cases, mutant.first_case, &Case::name) != cases.end()) {
      continue;
    }
    fmt::print(stderr, "mutant '{}': there is no case {}; right: a file below tests/conformance\n",
               mutant.name, mutant.first_case);
    all = false;
  }
  return all;
}

bool write_table(const char* path, const std::string& table) {
  auto* file = std::fopen(path, "w");
  if (file == nullptr) return false;
  const bool written = std::fputs(table.c_str(), file) >= 0;
  return std::fclose(file) == 0 && written;
}

int run(const std::string& folder, const char* table, int seconds, std::string_view list,
        const std::vector<std::string>& names) {
  const auto cases = read_cases(folder);
  if (!cases) {
    fmt::print(stderr, "{}\n", cases.error());
    return kExitUnusable;
  }
  const auto mutants = chosen(mutants_of(list), names);
  if (mutants.empty()) {
    fmt::print(stderr, "{}: no such mutants; right: names of the list {}\n",
               fmt::join(names, ", "), list);
    return kExitUnusable;
  }
  if (!are_cases(mutants, *cases)) return kExitUnusable;

  if (const auto verdict = play({}, *cases, seconds); verdict.end != End::kSurvived) {
    fmt::print(stderr, "without any mutant {} {} already\n", text_of(verdict.end), verdict.by);
    return kExitUnusable;
  }
  const auto tally = play_all(mutants, *cases, seconds);
  if (!write_table(table, tally.table)) {
    fmt::print(stderr, "{}: it cannot be written; right: a file of one's own\n", table);
    return kExitUnusable;
  }
  fmt::print("{} mutants, {} of them found by {} cases; the table is in {}\n", mutants.size(),
             mutants.size() - tally.survivors.size(), cases->size(), table);
  for (const auto& survivor : tally.survivors) {
    fmt::print("no case finds {}\n", survivor);
  }
  return tally.survivors.empty() ? 0 : kExitSurvivors;
}

}  // namespace
}  // namespace vmodem::mutants

int main(int argc, char** argv) {
  if (argc < 5) {
    fmt::print(stderr,
               "usage: mutants_test CASES TABLE SECONDS modem|proof [MUTANT…]\n"
               "Plays the cases below CASES by each mutant, none for more than SECONDS, until one "
               "finds it; writes TABLE.\n");
    return vmodem::mutants::kExitUnusable;
  }
  return vmodem::mutants::run(argv[1], argv[2], std::atoi(argv[3]), argv[4],
                              {argv + 5, argv + argc});
}
