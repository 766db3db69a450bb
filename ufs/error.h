// Why a file operation did not happen. The numbers of FILE95 Table 3 belong to firmware.
#pragma once

#include <cstdint>

namespace vmodem::ufs {

enum class Error : std::uint8_t {
  kInvalidName,
  kNotFound,
  kExists,
  kSameFile,  // a copy onto itself
  kIsOpen,    // the operation needs a file that no handle holds
  kTooManyOpen,
  kUnknownHandle,
  kReadOnly,
  kOutOfRange,  // a position beyond the end of the file, or before its start
  kEndOfFile,   // nothing to read at the position
  kTooLarge,    // more than could ever be stored or announced more than is free
  kNoSpace,
  kIo,
};

}  // namespace vmodem::ufs
