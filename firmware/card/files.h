// The two files of the SIM that hosts read: EF_ICCID and EF_IMSI (TS 31.102 §4.2.1–4.2.2).
#pragma once

#include <string>
#include <string_view>

namespace vmodem::firmware {

// 27.007 §8.18.
enum class SimCommand {
  kReadBinary = 176,
  kReadRecord = 178,
  kGetResponse = 192,
  kUpdateBinary = 214,
  kUpdateRecord = 220,
  kStatus = 242,
};

struct SimAccess {
  SimCommand command;
  int file;
  int p1;
  int p2;
  int p3;  // how many octets; 0: all
};

struct SimAnswer {
  int sw1;
  int sw2;
  std::string data{};  // upper-case hex
};

[[nodiscard]] SimAnswer access_sim_file(const SimAccess& access, std::string_view iccid,
                                        std::string_view imsi);

}  // namespace vmodem::firmware
