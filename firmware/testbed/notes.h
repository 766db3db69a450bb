// What a testbed keeps in mind for the journal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "at_engine/serial_segment.h"
#include "firmware/journal/journal.h"

namespace vmodem::testbed {

// What an open or a query asks for, of which host, and the entry that says so.
struct Asked {
  std::string_view question;
  std::string host;
  journal::Number entry = 0;
};

// An echo or raw octets that the journal has not been told of.
struct NotedOctets {
  at::SegmentKind kind = at::SegmentKind::kEcho;
  std::uint64_t mark = 0;
  std::size_t size = 0;
};

}  // namespace vmodem::testbed
