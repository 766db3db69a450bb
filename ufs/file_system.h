// The vendor's rules over a store: names, quota, handles, patterns. Names are a host's spelling,
// with or without their storage; every operation that takes one may fail with kInvalidName, and
// every operation may fail with kIo. Every change is durable on return. The storages share quota and
// store (inferred).
//
// In:  names as a host spells them, octets, a store.
// Out: files, handles, errors of the vendor.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "firmware/base/bytes.h"
#include "firmware/base/expected.h"
#include "ufs/checksum.h"
#include "ufs/store.h"

namespace vmodem::ufs {

// The defaults make an empty store print FILE95 §2.2.1's "+QFLDS: 1249984,1562624".
struct Limits {
  std::uint64_t total_size = 1'562'624;
  std::uint64_t reserved_size = 312'640;  // the module's own files, never seen
  std::size_t file_count_max = 1000;      // inferred
  std::size_t open_count_max = 10;        // inferred
  // FILE95 §2.2.6.
  std::uint32_t first_handle = 0;
  std::uint32_t first_extended_handle = 20'000;
};

struct Space {
  std::uint64_t free = 0;
  std::uint64_t total = 0;

  friend bool operator==(const Space&, const Space&) = default;
};

enum class FileHandle : std::uint32_t {};

// FILE95 §2.2.6, numbered as there.
enum class OpenMode : std::uint8_t {
  kCreateOrOpen = 0,
  kCreateOrTruncate = 1,
  kReadOnly = 2,
  kAppend = 3,  // reads too; inferred: the position starts at the end and then moves freely
};

// FILE95 §2.2.9, numbered as there.
enum class SeekFrom : std::uint8_t {
  kStart = 0,
  kHere = 1,
  kEnd = 2,  // inferred: counts back from the end
};

struct OpenFile {
  FileHandle handle{};
  FileName name;
  OpenMode mode = OpenMode::kCreateOrOpen;
  std::uint64_t position = 0;
};

struct Written {
  std::uint64_t count = 0;
  std::uint64_t file_size = 0;
};

enum class Overwrite : bool { kNo, kYes };

class FileSystem {
 public:
  // `store` outlives this object.
  explicit FileSystem(Store& store, const Limits& limits = {});

  // A store over its quota has 0 free.
  [[nodiscard]] Expected<Space, Error> space() const;
  [[nodiscard]] Expected<Usage, Error> usage() const;
  // `pattern` is "*" or "UFS:*", "EUFS:*" or "EUFS:/ufs/*", "EUFS:/datatx/*", or a name; kNotFound when the named file is missing, no
  // files for an empty storage.
  [[nodiscard]] Expected<std::vector<FileInfo>, Error> list(std::string_view pattern) const;

  // The whole file; kTooLarge when it exceeds the total size, as only a dropped-in file can.
  [[nodiscard]] Expected<Bytes, Error> read_file(std::string_view name) const;
  // FILE95 §2.2: of UFS only, kInvalidName for others; so is copy().
  [[nodiscard]] Expected<Crcs, Error> crc(std::string_view name) const;
  // Whether an upload may start: kExists, kTooLarge when `announced_size` is more than is free,
  // kNoSpace when there is no room for one more file.
  [[nodiscard]] Expected<void, Error> check_upload(std::string_view name,
                                                   std::uint64_t announced_size) const;
  // Stores a finished upload in one step; kExists or kNoSpace as above. Nothing shows before.
  [[nodiscard]] Expected<void, Error> create_file(std::string_view name, ByteView content);
  // `pattern` as for list(). kIsOpen while a handle holds the file or, for "*", any file of the
  // storage: then nothing is removed.
  [[nodiscard]] Expected<void, Error> remove(std::string_view pattern);
  // kSameFile, kExists without overwrite, kIsOpen when a handle holds the target.
  [[nodiscard]] Expected<void, Error> copy(std::string_view source, std::string_view target,
                                           Overwrite overwrite);

  // kIsOpen when a handle holds the file already. The lowest free handle is given, inferred.
  [[nodiscard]] Expected<FileHandle, Error> open(std::string_view name, OpenMode mode);
  // In the order of their handles, borrowed until the next call that is not const.
  [[nodiscard]] const std::vector<OpenFile>& open_files() const { return open_files_; }
  // Up to `length` octets, by default to the end of the file, and moves behind them; kEndOfFile for
  // none. A file that its owner took away meanwhile is kNotFound, here and below.
  [[nodiscard]] Expected<Bytes, Error> read(FileHandle handle, std::optional<std::uint64_t> length);
  // Whether the handle may be written: kUnknownHandle, kReadOnly.
  [[nodiscard]] Expected<void, Error> check_write(FileHandle handle) const;
  // Overwrites and extends from the position and moves behind; all of it or, with kNoSpace,
  // nothing.
  [[nodiscard]] Expected<Written, Error> write(FileHandle handle, ByteView content);
  // kOutOfRange, and no move, for a target outside the file; its end is inside.
  [[nodiscard]] Expected<void, Error> seek(FileHandle handle, std::uint64_t offset, SeekFrom from);
  [[nodiscard]] Expected<std::uint64_t, Error> position(FileHandle handle) const;
  // Cuts everything behind the position.
  [[nodiscard]] Expected<void, Error> truncate(FileHandle handle);
  [[nodiscard]] Expected<void, Error> close(FileHandle handle);
  // Power-off and reset: files stay, handles do not.
  void close_all() { open_files_.clear(); }

 private:
  Expected<std::vector<FileInfo>, Error> list_all(Storage storage) const;
  Expected<void, Error> remove_all(Storage storage);
  Expected<Bytes, Error> read_whole(const FileName& name) const;
  Expected<void, Error> check_room(const FileName& name, std::uint64_t size) const;
  Expected<void, Error> store_content(const FileName& name, ByteView content);
  Expected<bool, Error> exists(const FileName& name) const;
  Expected<std::uint64_t, Error> prepare(const FileName& name, OpenMode mode);
  Expected<std::size_t, Error> index_of(FileHandle handle) const;
  Expected<std::size_t, Error> writable_index_of(FileHandle handle) const;
  bool is_open(const FileName& name) const;

  Store& store_;
  Limits limits_;
  std::vector<OpenFile> open_files_;
};

}  // namespace vmodem::ufs
