// Lines of a transcript, with the waits between them that bring a replay to their instants.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "firmware/base/time.h"

namespace vmodem::transcript {

class ScriptLines {
 public:
  // A wait to the instant at which something went in, rounded up to what a transcript can say.
  void wait_for_input(Instant at);
  // The same for what came out, unless the latest input brought it about: a replay is never later
  // than that.
  void wait_for_output(Instant at);

  void add(std::string_view line);
  // In one line, whatever it holds.
  void add_comment(std::string_view text);

  [[nodiscard]] std::string take() { return std::exchange(text_, {}); }

 private:
  void wait_until(Duration since_start);

  std::string text_;
  Duration clock_{};  // of a replay
  std::optional<Instant> input_at_;
};

}  // namespace vmodem::transcript
