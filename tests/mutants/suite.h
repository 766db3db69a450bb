// The cases, read once, played by mutants in processes of their own.
//
// In:  a folder of cases, mutants.
// Out: by which case each mutant was found.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/expected.h"
#include "firmware/modem_config.h"
#include "tools/conform/language/script.h"

namespace vmodem::mutants {

struct Case {
  std::string name;  // its path below the folder
  conform::Script script;
  firmware::ModemConfig config;
};

[[nodiscard]] Expected<std::vector<Case>, std::string> read_cases(const std::string& folder);

// A deviation from the modem: of its sources, or a key of the configuration that does nothing.
struct Mutant {
  std::string name;
  std::string says;
  std::uint32_t number = 0;  // of the sources
  std::string key;           // or this key,
  std::string value;         // with this value; empty: with any
  std::string first_case;    // to be played first; may be empty
};

enum class End : std::uint8_t { kSurvived, kFailed, kAborted, kTimedOut };

struct Verdict {
  End end = End::kSurvived;
  std::string by;  // the case that found it
};

// Plays case after case until one ends otherwise than it should. None may take more than `seconds`
// of the processor.
[[nodiscard]] Verdict play(const Mutant& mutant, const std::vector<Case>& cases, int seconds);

}  // namespace vmodem::mutants
