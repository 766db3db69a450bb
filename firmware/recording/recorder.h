// Writes a record while the run goes on, a JSON value a line.
#pragma once

#include <string>
#include <utility>

#include "firmware/recording/record.h"

namespace vmodem::recording {

class Recorder {
 public:
  // Once, before anything else.
  void begin(const Header& header);

  void polled_action() { polls_ += 'a'; }
  void polled_serial() { polls_ += 's'; }
  // Before the testbed is told.
  void record(Instant at, const Input& input);
  void record(const SessionTurn& turn);
  // What was polled and recorded since the last call of take_lines() has not happened.
  void forget();
  // Whole lines since the last call.
  [[nodiscard]] std::string take_lines() { return std::exchange(lines_, {}); }

 private:
  std::string polls_;
  std::string lines_;
};

}  // namespace vmodem::recording
