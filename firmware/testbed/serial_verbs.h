// What the verbs of the serial line do.
#pragma once

#include <cstdint>
#include <optional>

#include "firmware/testbed/serial/serial_line.h"
#include "firmware/testbed/verb.h"

namespace vmodem::testbed {

template <class FaultKind>
void inject(Surroundings& s, Instant now, const VerbArguments&) {
  s.line.inject(now, FaultKind{});
}

template <class FaultKind>
void inject_count(Surroundings& s, Instant now, const VerbArguments& arguments) {
  s.line.inject(now, FaultKind{static_cast<std::uint32_t>(arguments.number_or(1))});
}

inline void pace_output(Surroundings& s, Instant now, const VerbArguments& arguments) {
  s.line.inject(now, Baud{static_cast<std::uint32_t>(arguments.number_or(0))});
}

inline void chunk_output(Surroundings& s, Instant now, const VerbArguments& arguments) {
  s.line.inject(now, Chunks{static_cast<std::uint32_t>(arguments.number_or(1)),
                            arguments.get_or(Duration::zero())});
}

inline void delay_urc(Surroundings& s, Instant now, const VerbArguments& arguments) {
  s.line.inject(now, DelayUrc{arguments.get_or(Duration::zero())});
}

inline void truncate_urc(Surroundings& s, Instant now, const VerbArguments& arguments) {
  const auto* kept = arguments.find<std::int64_t>();
  std::optional<std::uint32_t> count;
  if (kept != nullptr) count = static_cast<std::uint32_t>(*kept);
  s.line.inject(now, TruncateUrc{count});
}

inline void change_length(Surroundings& s, Instant now, const VerbArguments& arguments) {
  s.line.inject(now, WrongReceiveLength{arguments.number_or(1)});
}

inline void place_urc(Surroundings& s, Instant now, const VerbArguments& arguments) {
  s.line.inject(now, PlaceUrc{static_cast<UrcPlace>(arguments.number_or(0))});
}

inline void clear_line(Surroundings& s, Instant, const VerbArguments&) { s.line.clear(); }

}  // namespace vmodem::testbed
