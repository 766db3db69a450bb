#include "firmware/journal/transcript/script_lines.h"

#include "firmware/base/duration_text.h"
#include "firmware/base/printable.h"

namespace vmodem::transcript {
namespace {

constexpr std::size_t kCommentSizeMax = 1000;

Duration rounded_up(Instant at) {
  return std::chrono::ceil<std::chrono::milliseconds>(at.time_since_epoch());
}

}  // namespace

void ScriptLines::wait_for_input(Instant at) {
  input_at_ = at;
  wait_until(rounded_up(at));
}

// An input is up to 1 ms later in a replay than it was, and so is what follows from it.
void ScriptLines::wait_for_output(Instant at) {
  if (input_at_ && at <= *input_at_) return;
  wait_until(rounded_up(at) + 1ms);
}

void ScriptLines::wait_until(Duration since_start) {
  if (since_start <= clock_) return;
  add("wait " + duration_text(since_start - clock_));
  clock_ = since_start;
}

void ScriptLines::add(std::string_view line) {
  text_.append(line).append("\n");
}

void ScriptLines::add_comment(std::string_view text) {
  add("# " + printable(text, kCommentSizeMax));
}

}  // namespace vmodem::transcript
