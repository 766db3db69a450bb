// The file commands' errors (FILE95 Table 3), always reported as +CME ERROR.
#pragma once

#include <algorithm>

#include "at_engine/command.h"
#include "ufs/error.h"

namespace vmodem::firmware {

namespace file_cme {
// FILE95 Table 3.
inline constexpr at::CmeError kTable[] = {
    {400, "Invalid input value"},
    {401, "Larger than the size of the file"},
    {402, "Read zero byte"},
    {403, "Drive full"},
    {405, "File not found"},
    {406, "Invalid file name"},
    {407, "File already existed"},
    {409, "Fail to write the file"},
    {410, "Fail to open the file"},
    {411, "Fail to read the file"},
    {413, "Reach the max number of file allowed to be opened"},
    {414, "The file read-only"},
    {416, "Invalid file descriptor"},
    {417, "Fail to list the file"},
    {418, "Fail to delete the file"},
    {419, "Fail to get disk info"},
    {420, "No space"},
    {421, "Time out"},
    {423, "File too large"},
    {425, "Invalid parameter"},
    {426, "File already opened"},
};

// Does not compile for a number that is not in the table.
template <int kNumber>
inline constexpr at::CmeError kEntry = *std::ranges::find(kTable, kNumber, &at::CmeError::number);

inline constexpr at::CmeError kInvalidInput = kEntry<400>;
inline constexpr at::CmeError kBeyondEnd = kEntry<401>;
inline constexpr at::CmeError kReadZero = kEntry<402>;
inline constexpr at::CmeError kNotFound = kEntry<405>;
inline constexpr at::CmeError kInvalidName = kEntry<406>;
inline constexpr at::CmeError kExists = kEntry<407>;
inline constexpr at::CmeError kWriteFailed = kEntry<409>;
inline constexpr at::CmeError kOpenFailed = kEntry<410>;
inline constexpr at::CmeError kReadFailed = kEntry<411>;
inline constexpr at::CmeError kTooManyOpen = kEntry<413>;
inline constexpr at::CmeError kReadOnly = kEntry<414>;
inline constexpr at::CmeError kBadHandle = kEntry<416>;
inline constexpr at::CmeError kListFailed = kEntry<417>;
inline constexpr at::CmeError kDeleteFailed = kEntry<418>;
inline constexpr at::CmeError kDiskInfoFailed = kEntry<419>;
inline constexpr at::CmeError kNoSpace = kEntry<420>;
inline constexpr at::CmeError kTimeout = kEntry<421>;
inline constexpr at::CmeError kTooLarge = kEntry<423>;
inline constexpr at::CmeError kInvalidParameter = kEntry<425>;
inline constexpr at::CmeError kIsOpen = kEntry<426>;
}  // namespace file_cme

// `io_failure` is what the command calls a failure of the storage itself.
[[nodiscard]] at::Response failure(ufs::Error error, const at::CmeError& io_failure);

}  // namespace vmodem::firmware
