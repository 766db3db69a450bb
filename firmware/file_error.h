// The file commands' errors (FILE95 Table 3), always reported as +CME ERROR.
#pragma once

#include "at_engine/result.h"
#include "ufs/error.h"

namespace vmodem::firmware {

namespace file_cme {
inline constexpr at::CmeError kInvalidInput{400, "Invalid input value"};
inline constexpr at::CmeError kBeyondEnd{401, "Larger than the size of the file"};
inline constexpr at::CmeError kReadZero{402, "Read zero byte"};
inline constexpr at::CmeError kNotFound{405, "File not found"};
inline constexpr at::CmeError kInvalidName{406, "Invalid file name"};
inline constexpr at::CmeError kExists{407, "File already existed"};
inline constexpr at::CmeError kWriteFailed{409, "Fail to write the file"};
inline constexpr at::CmeError kOpenFailed{410, "Fail to open the file"};
inline constexpr at::CmeError kReadFailed{411, "Fail to read the file"};
inline constexpr at::CmeError kTooManyOpen{413, "Reach the max number of file allowed to be opened"};
inline constexpr at::CmeError kReadOnly{414, "The file read-only"};
inline constexpr at::CmeError kBadHandle{416, "Invalid file descriptor"};
inline constexpr at::CmeError kListFailed{417, "Fail to list the file"};
inline constexpr at::CmeError kDeleteFailed{418, "Fail to delete the file"};
inline constexpr at::CmeError kDiskInfoFailed{419, "Fail to get disk info"};
inline constexpr at::CmeError kNoSpace{420, "No space"};
inline constexpr at::CmeError kTimeout{421, "Time out"};
inline constexpr at::CmeError kTooLarge{423, "File too large"};
inline constexpr at::CmeError kInvalidParameter{425, "Invalid parameter"};
inline constexpr at::CmeError kIsOpen{426, "File already opened"};
}  // namespace file_cme

// `io_failure` is what the command calls a failure of the storage itself.
[[nodiscard]] at::CmeError cme_of(ufs::Error error, const at::CmeError& io_failure);

}  // namespace vmodem::firmware
