// What the octets on the way to the host are, for whoever treats an echo other than a URC.
#pragma once

#include <cstdint>

#include "firmware/base/bytes.h"

namespace vmodem::at {

enum class SegmentKind : std::uint8_t {
  kEcho,
  kPrompt,       // "> ", CONNECT: data follow, in one direction or the other
  kRaw,          // octets without framing: a download, the acknowledgements of an upload
  kInformation,  // one line of an answer
  kFinalResult,  // one of FinalResult, or +CME ERROR
  kUrc,          // one URC with its payload
};

struct SerialSegment {
  SegmentKind kind;
  ByteView octets;  // with their framing; borrowed
  std::uint64_t mark = 0;  // of the URC, or SerialOutput::set_mark()'s
};

}  // namespace vmodem::at
