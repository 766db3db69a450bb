// Where a run stands, in the words of a fault's trigger: "command#3 AT+QCOAPSEND=0,0,1,1,0".
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "firmware/journal/journal.h"

namespace vmodem::journal {

class Positions {
 public:
  // What counts: commands, URCs and datagrams.
  [[nodiscard]] static Kinds wanted();
  // Empty where the entry is none of them.
  [[nodiscard]] std::string count(const Entry& entry);

 private:
  std::array<std::uint64_t, 4> counts_{};  // commands, URCs, uplink, downlink
};

}  // namespace vmodem::journal
