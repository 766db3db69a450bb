// Answers that break the rules, each in one way: one for every fault that a decoder tells apart,
// and those that only a message layer notices.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "firmware/base/bytes.h"

namespace vmodem::sim {

enum class Malformation : std::uint8_t {
  kNone,
  kTooShort,               // three octets
  kUnknownVersion,         // version 2
  kTokenLength,            // TKL 9
  kEmptyWithContent,       // code 0.00 before token, options and payload
  kOptionReserved,         // an option of delta 15 that is no payload marker
  kOptionTruncated,        // an option that runs past the end
  kOptionNumber,           // an option number over 65535
  kMarkerNoPayload,        // 0xFF at the end
  kUnknownCriticalOption,  // number 65001, otherwise sound
  kWrongToken,             // another token of the same length; of length 1 where there is none
  kWrongMessageId,
  kReservedCode,  // 7.31
  kRequestCode,   // 0.01, an ACK with a request
  kCount,
};

struct MalformationName {
  Malformation malformation;
  std::string_view name;  // as in a configuration file
};
[[nodiscard]] std::vector<MalformationName> malformation_names();

// Breaks a sound answer.
[[nodiscard]] Bytes malform(Bytes sound, Malformation malformation);

}  // namespace vmodem::sim
