// One look at the effect of each verb.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "tests/unit/testbed/bench.h"

namespace vmodem::testbed {

// What a verb does for a while.
struct LastingEffect {
  std::string_view deed;          // without its duration
  std::string_view undo;          // empty: none without a duration
  void (*prepare)(Bench& bench);  // at 0 s
  std::string (*probe)(Bench& bench);
  std::string during;
  std::string otherwise;
};
[[nodiscard]] std::span<const LastingEffect> lasting_effects();

// What a verb does once, with checks of its own, from a fresh bench on.
struct Effect {
  std::string_view verb;
  void (*check)(Bench& bench);
};
[[nodiscard]] std::span<const Effect> line_effects();
[[nodiscard]] std::span<const Effect> network_effects();

}  // namespace vmodem::testbed
