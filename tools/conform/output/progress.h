// What a terminal shows while cases are played: one line, written over, and verdicts in colour
// where the user wants colours (NO_COLOR).
#pragma once

#include <cstdio>
#include <string>

#include "tools/conform/report.h"

namespace vmodem::conform {

class Progress {
 public:
  // `is_terminal` and `has_colour` as the caller found them.
  Progress(std::FILE* out, std::size_t count, bool is_terminal, bool has_colour)
      : out_(out), count_(count), is_terminal_(is_terminal), has_colour_(has_colour) {}

  // On a terminal what passed is counted only.
  void tell(const Report& report);
  void finish(const Totals& totals, Duration took);

 private:
  void clear();
  [[nodiscard]] std::string coloured(const Report& report, std::string text) const;

  std::FILE* out_;
  std::size_t count_;
  bool is_terminal_;
  bool has_colour_;
  std::size_t told_ = 0;
  std::size_t failed_ = 0;
};

}  // namespace vmodem::conform
