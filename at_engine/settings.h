// What the host has told the module about the line between them (V.250 §5.2, §6.2).
#pragma once

#include <cstdint>

#include "at_engine/result.h"

namespace vmodem::at {

struct Settings {
  bool echo = true;      // E
  bool quiet = false;    // Q: no final results
  bool verbose = true;   // V: words, not numbers
  int extended = 4;      // X
  char terminator = '\r';  // S3
  char formatter = '\n';   // S4
  char eraser = '\b';      // S5
  CmeLevel errors = CmeLevel::kNumeric;  // +CMEE, factory value of the module
};

}  // namespace vmodem::at
