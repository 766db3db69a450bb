// Reads a record. A line that was cut off by the end of its program is left out.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/expected.h"
#include "firmware/recording/record.h"

namespace vmodem::recording {

struct Record {
  Header header;
  std::vector<Step> steps;
  std::map<std::uint32_t, std::deque<SessionTurn>> sessions;
  // Where the text of the header ends, then that of each step.
  std::vector<std::size_t> ends;

  // Drops the steps behind `last`. What is left of the text ends at ends.back(); sessions stay.
  void cut(Instant last);
};

// The error says in which line what is wrong.
[[nodiscard]] Expected<Record, std::string> read_record(std::string_view text);

}  // namespace vmodem::recording
