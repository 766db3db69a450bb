// A transcript as what was asked and answered: each command line with its answer, and the URCs.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace vmodem::conform {

struct SessionLine {
  std::string text;
  std::size_t line = 0;  // in the file, from 1
};

struct Exchange {
  SessionLine command;  // empty text: what came before the first one
  bool is_echoed = false;
  std::vector<SessionLine> answer;  // without the final result
  SessionLine result;               // empty text: none came
};

struct Urc {
  SessionLine line;
  std::string payload;  // octets behind it, escaped
  std::string behind;   // the command line it came behind
};

struct Session {
  std::vector<Exchange> exchanges;
  std::vector<Urc> urcs;

  // Of the lines of a script that can be read. What peers say is no part of it.
  [[nodiscard]] static Session read(std::span<const std::string> lines);
};

}  // namespace vmodem::conform
