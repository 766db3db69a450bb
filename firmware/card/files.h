// The files of the SIM that every USIM has or that hosts read (TS 31.102 §4.2).
#pragma once

#include <string>

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

// What the operator has written on the card.
struct CardContents {
  std::string iccid;
  std::string imsi;
  std::string home;      // MCC and MNC, 5 or 6 digits
  std::string provider;  // the name to show; empty: none
};

[[nodiscard]] SimAnswer access_sim_file(const SimAccess& access, const CardContents& card);

}  // namespace vmodem::firmware
