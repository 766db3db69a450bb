// What can go wrong on the serial line between module and host, as data.
//
// Most faults concern one thing: the next that matches after the injection. It takes the first
// fault of each kind: two DropUrc drop two URCs, a TruncateUrc and a DoubleUrc write one cut and
// twice. Where it is dropped the others are used up by it, and so is a DelayUrc by a PlaceUrc.
// Chunks and Baud last until they are replaced.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <variant>

#include "firmware/base/time.h"

namespace vmodem::testbed {

// Random octets before the next segment of the module's output; counts of several add up.
struct Garbage {
  std::uint32_t count = 0;
};

// The next final result (OK, ERROR, +CME ERROR, or a number) is not written.
struct DropResult {};

// The next final result is written twice.
struct DoubleResult {};

// The next URC is not written.
struct DropUrc {};

// The next URC is written twice, its payload too.
struct DoubleUrc {};

// The end of the next URC is not written: its last line end, and more. `kept` counts from its
// leading line end and stops at its last one; absent: at random, one octet or more.
struct TruncateUrc {
  std::optional<std::uint32_t> kept;
};

// The next URC is written so much later, between two segments, wherever the line stands then. Other
// output passes it; later URCs wait behind it.
struct DelayUrc {
  Duration delay{};
};

// The payload length of the next +QCOAPRECV (qcoap.md §9) is told wrong by so much, never below 0;
// its payload stays. A URC to which this makes no difference does not match.
struct WrongReceiveLength {
  int delta = 0;
};

// Where a URC hurts, and yet a real module may write it.
enum class UrcPlace : std::uint8_t {
  kInsideEcho,    // behind the first octet of a command line's echo and before its last
  kInsideAnswer,  // behind an information line, before the final result
  kBehindResult,  // right behind a final result, in its instant: no gap to the next command
  kBeforeEcho,    // right before the first octet of a command line's echo
};

// The next URC waits for the place and is written there; where none comes up in time (no echo comes
// after ATE0), between two segments, wherever the line stands then. Later URCs wait behind it.
struct PlaceUrc {
  UrcPlace place = UrcPlace::kBehindResult;
  Duration wait_max = 5s;
};

// Output goes in pieces of 1 to `size_max` octets, by chance, with a pause behind each. 0: as it
// comes.
struct Chunks {
  std::uint32_t size_max = 0;
  Duration pause{};
};

// Output goes at this rate, ten bits an octet: start bit, eight bits, stop bit. 0: at once.
struct Baud {
  std::uint32_t rate = 0;
};

// The host's next octets do not reach the module.
struct DropInput {
  std::uint32_t count = 0;
};

// The host's next octets reach the module each as another octet; where DropInput counts too, those
// behind the dropped ones.
struct GarbleInput {
  std::uint32_t count = 0;
};

using SerialFault =
    std::variant<Garbage, DropResult, DoubleResult, DropUrc, DoubleUrc, TruncateUrc, DelayUrc,
                 WrongReceiveLength, PlaceUrc, Chunks, Baud, DropInput, GarbleInput>;

}  // namespace vmodem::testbed
