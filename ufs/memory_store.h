// The default store: empty at start, gone with the process.
#pragma once

#include <map>

#include "ufs/store.h"

namespace vmodem::ufs {

class MemoryStore final : public Store {
 public:
  [[nodiscard]] Expected<std::vector<FileInfo>, Error> list(std::size_t count_max) const override;
  [[nodiscard]] Expected<Usage, Error> usage() const override;
  [[nodiscard]] Expected<std::uint64_t, Error> size(const FileName& name) const override;
  [[nodiscard]] Expected<Bytes, Error> read(const FileName& name, std::uint64_t offset,
                                            std::uint64_t length) const override;
  [[nodiscard]] Expected<void, Error> write(const FileName& name, ByteView content) override;
  [[nodiscard]] Expected<void, Error> remove(const FileName& name) override;
  [[nodiscard]] Expected<void, Error> remove_all(Storage storage) override;

 private:
  std::map<FileName, Bytes> files_;
};

}  // namespace vmodem::ufs
