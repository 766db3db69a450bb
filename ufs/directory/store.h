// Files of UFS as plain files of one directory. kill -9 at any moment leaves every file whole, old
// or new. What a user drops into the directory appears at once; subdirectories, symbolic links,
// hidden files, illegal names and unfinished writes do not, and are never touched.
//
// In:  a folder of the machine.
// Out: a store that outlives kill -9.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "ufs/directory/unique_fd.h"
#include "ufs/store.h"

namespace vmodem::ufs {

enum class OpenFailureKind : std::uint8_t {
  kInUse,  // another process, or another store of this one, holds the directory
  kNotUsable,
};

struct OpenFailure {
  OpenFailureKind kind = OpenFailureKind::kNotUsable;
  std::string text;  // one sentence for the user, with the path and the cause
};

class DirectoryStore final : public Store {
 public:
  // Creates the last component of `path` if it is missing, locks the directory until destruction
  // and removes what a crash left unfinished.
  [[nodiscard]] static Expected<std::unique_ptr<DirectoryStore>, OpenFailure> open(
      const std::filesystem::path& path);

  [[nodiscard]] Expected<std::vector<FileInfo>, Error> list(std::size_t count_max) const override;
  [[nodiscard]] Expected<Usage, Error> usage() const override;
  [[nodiscard]] Expected<std::uint64_t, Error> size(const FileName& name) const override;
  [[nodiscard]] Expected<Bytes, Error> read(const FileName& name, std::uint64_t offset,
                                            std::uint64_t length) const override;
  // kIo where something that is no plain file occupies the name.
  [[nodiscard]] Expected<void, Error> write(const FileName& name, ByteView content) override;
  [[nodiscard]] Expected<void, Error> remove(const FileName& name) override;
  [[nodiscard]] Expected<void, Error> remove_all(Storage storage) override;

 private:
  explicit DirectoryStore(UniqueFd directory) : directory_(std::move(directory)) {}

  UniqueFd directory_;
};

}  // namespace vmodem::ufs
