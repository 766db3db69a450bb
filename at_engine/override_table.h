// Answers that somebody has put in the place of the module's own.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "at_engine/command.h"

namespace vmodem::at {

// A final result as text; the answers that open a data mode are none.
struct ResultOfText {
  FinalResult result = FinalResult::kOk;
  std::optional<CmeError> error;  // with kError: shown as AT+CMEE says
};
// "OK", "ERROR", "NO CARRIER", "+CME ERROR: 3" or the words of 27.007 in its place; nothing for any
// other text.
[[nodiscard]] std::optional<ResultOfText> parse_result(std::string_view text);

struct CommandOverride {
  std::uint64_t id = 0;  // given by whoever adds it
  std::string pattern;   // "AT+CSQ", or a beginning with * behind it; letters in either case
  std::vector<std::string> lines;
  ResultOfText result{};
  std::optional<std::uint64_t> times_left;  // nothing: for every command that matches
};

// Bounded. A command that matches is answered by the latest that was added.
class OverrideTable {
 public:
  static constexpr std::size_t kCountMax = 256;

  // False where there are too many.
  [[nodiscard]] bool add(CommandOverride one);
  [[nodiscard]] bool remove(std::uint64_t id);
  void clear() { overrides_.clear(); }
  [[nodiscard]] bool is_empty() const { return overrides_.empty(); }
  [[nodiscard]] const std::vector<CommandOverride>& all() const { return overrides_; }

  // The answer to "AT" and `command`, counted; nothing where none matches.
  [[nodiscard]] std::optional<Response> take(std::string_view command);

 private:
  std::vector<CommandOverride> overrides_;
};

}  // namespace vmodem::at
