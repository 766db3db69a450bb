// What became of one transcript, for people and for machines.
#pragma once

#include <cstdint>
#include <string>

#include "tools/conform/player.h"
#include "tools/conform/language/script.h"

namespace vmodem::conform {

enum class Verdict : std::uint8_t { kPassed, kFailed, kLeftOut, kUnusable };

struct Report {
  std::string file;
  Verdict verdict = Verdict::kPassed;
  Failure failure{};     // kFailed
  std::string reason{};  // kLeftOut
  ScriptError error{};   // kUnusable
};

[[nodiscard]] Report passed(std::string file);
[[nodiscard]] Report failed(std::string file, Failure failure);
[[nodiscard]] Report left_out(std::string file, std::string reason);
[[nodiscard]] Report unusable(std::string file, ScriptError error);

// Several lines without a line end behind the last one.
[[nodiscard]] std::string to_text(const Report& report);
// One line of JSON.
[[nodiscard]] std::string to_json(const Report& report);

}  // namespace vmodem::conform
