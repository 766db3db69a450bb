// The parts of the state.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string_view>

#include "firmware/control/route.h"
#include "firmware/control/schema/shape.h"
#include "firmware/snapshot.h"

namespace vmodem::control {

// What a part is made of.
struct Shown {
  Controlled& controlled;
  Instant now;
  firmware::ModuleSnapshot module;
  testbed::SurroundingsSnapshot surroundings;
};

struct StatePart {
  std::string_view name;
  std::string_view help;
  const Shape* shape;
  bool is_list;  // of such objects
  nlohmann::json (*show)(const Shown& shown);
};
[[nodiscard]] std::span<const StatePart> module_parts();
[[nodiscard]] std::span<const StatePart> surroundings_parts();

// Of POST /time/…, too.
extern const Shape kClockShape;
[[nodiscard]] nlohmann::json show_clock(const Shown& shown);
// Of GET /faults, too.
extern const Shape kFaultShape;
[[nodiscard]] nlohmann::json show_faults(Controlled& controlled);
// Of GET /servers, too.
extern const Shape kServerShape;
[[nodiscard]] nlohmann::json show_servers(Controlled& controlled, Instant now);
[[nodiscard]] Shown shown_of(Controlled& controlled, Instant now);

}  // namespace vmodem::control
