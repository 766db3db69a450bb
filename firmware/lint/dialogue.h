// The host's side of the AT dialogue: does it wait for what it has to wait for, and what does it
// make of a refusal?
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "firmware/lint/command.h"
#include "firmware/lint/findings.h"

namespace vmodem::lint {

class Dialogue {
 public:
  explicit Dialogue(Findings& findings) : findings_(findings) {}

  void handle(const journal::Entry& entry, const journal::LineCommand& line,
              const std::vector<Command>& commands);
  void handle(const journal::Entry& entry, const journal::LineData& data);
  void handle(const journal::Entry& entry, const journal::LinePrompt& prompt);
  void handle(const journal::Entry& entry, const journal::LineResult& result);
  void handle(const journal::ClientResult& result);
  // The module is switched on or off.
  void begin_again();
  // What makes it sensible to try the same again.
  void note_change() { refusals_ = 0; }

  // Of the command line that is running, or ran last.
  [[nodiscard]] journal::Number line() const { return line_.number; }

 private:
  struct Line {
    journal::Number number = 0;
    std::string shown;  // for a finding
    std::uint64_t digest = 0;
    std::optional<Duration> response_time;
    bool is_writing = false;  // neither read nor test forms alone
    bool is_undocumented = false;
    bool is_trying = false;  // more than a question, and than closing what is open
    bool has_prompt = false;
    bool has_early_data = false;
  };

  void judge_haste(const journal::Entry& entry, const journal::LineCommand& command,
                   const Line& next);
  void judge_data();
  void judge_refusal(const journal::LineResult& result);
  void judge_reset(const journal::Entry& entry, const std::vector<Command>& commands);
  void note_failure(std::string text);

  Findings& findings_;
  Line line_;
  unsigned refusals_ = 0;  // of line_, running
  // Since the module was last switched on.
  unsigned failures_ = 0;
  bool has_tried_since_failure_ = false;
  std::string failure_;
};

// "OK", in words or as a number (V.250 §6.2.6).
[[nodiscard]] bool is_success(const journal::LineResult& result);

}  // namespace vmodem::lint
