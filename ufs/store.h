// Where files are kept. A store knows contents and sizes; quota, handles and patterns are
// ufs::FileSystem's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "firmware/base/bytes.h"
#include "firmware/base/expected.h"
#include "ufs/error.h"
#include "ufs/file_name.h"

namespace vmodem::ufs {

struct FileInfo {
  FileName name;
  std::uint64_t size = 0;

  friend bool operator==(const FileInfo&, const FileInfo&) = default;
};

struct Usage {
  std::uint64_t size = 0;
  std::size_t file_count = 0;

  friend bool operator==(const Usage&, const Usage&) = default;
};

// Every change is atomic for each file and durable when the call returns without error. A change
// that fails leaves every file whole: as it was or, after kIo only, as it was to become.
class Store {
 public:
  virtual ~Store() = default;

  // The first `count_max` files in the order of their names' bytes.
  [[nodiscard]] virtual Expected<std::vector<FileInfo>, Error> list(
      std::size_t count_max) const = 0;
  // All files, those beyond any limit too.
  [[nodiscard]] virtual Expected<Usage, Error> usage() const = 0;
  // kNotFound when there is no such file.
  [[nodiscard]] virtual Expected<std::uint64_t, Error> size(const FileName& name) const = 0;
  // At most `length` octets from `offset`; fewer, or none, at the end of the file.
  [[nodiscard]] virtual Expected<Bytes, Error> read(const FileName& name, std::uint64_t offset,
                                                    std::uint64_t length) const = 0;
  // Creates the file or replaces all of it.
  [[nodiscard]] virtual Expected<void, Error> write(const FileName& name, ByteView content) = 0;
  // kNotFound when there is no such file.
  [[nodiscard]] virtual Expected<void, Error> remove(const FileName& name) = 0;
  // All files of one storage, however many, made durable once. Removing nothing is a success;
  // interrupted, it has removed some files.
  [[nodiscard]] virtual Expected<void, Error> remove_all(Storage storage) = 0;
};

}  // namespace vmodem::ufs
