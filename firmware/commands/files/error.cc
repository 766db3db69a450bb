#include "firmware/commands/files/error.h"

#include "firmware/base/check.h"

namespace vmodem::firmware {
namespace {

at::CmeError cme_of(ufs::Error error, const at::CmeError& io_failure) {
  switch (error) {
    case ufs::Error::kInvalidName:
      return file_cme::kInvalidName;
    case ufs::Error::kNotFound:
      return file_cme::kNotFound;
    case ufs::Error::kExists:
      return file_cme::kExists;
    case ufs::Error::kSameFile:
      return file_cme::kInvalidParameter;
    case ufs::Error::kIsOpen:
      return file_cme::kIsOpen;
    case ufs::Error::kTooManyOpen:
      return file_cme::kTooManyOpen;
    case ufs::Error::kUnknownHandle:
      return file_cme::kBadHandle;
    case ufs::Error::kReadOnly:
      return file_cme::kReadOnly;
    case ufs::Error::kOutOfRange:
      return file_cme::kBeyondEnd;
    case ufs::Error::kEndOfFile:
      return file_cme::kReadZero;
    case ufs::Error::kTooLarge:
      return file_cme::kTooLarge;
    case ufs::Error::kNoSpace:
      return file_cme::kNoSpace;
    case ufs::Error::kIo:
      return io_failure;
  }
  BG_CHECK(false, "every file error has its number");
  return io_failure;
}

}  // namespace

at::Response failure(ufs::Error error, const at::CmeError& io_failure) {
  return at::error(cme_of(error, io_failure));
}

}  // namespace vmodem::firmware
