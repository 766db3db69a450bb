// The module's storage with what can go wrong in it, over a store that works.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "firmware/journal/journal.h"
#include "ufs/store.h"

namespace vmodem::testbed {

// What a storage is asked for; an error says nothing else.
enum class StoreOperation : std::uint8_t {
  kOpen,  // to find a file by its name
  kRead,
  kWrite,
  kDelete,
  kList,
  kInfo,  // how much is used
  kCount,
};

class FaultyStore final : public ufs::Store {
 public:
  // Without faults it is `store`. Both outlive it.
  FaultyStore(ufs::Store& store, journal::Journal& journal) : store_(store), journal_(journal) {}

  // The operation ends with kIo from now on, and nothing happens to any file.
  void set_failing(StoreOperation operation, bool is_failing);
  // What makes a file larger, or a new one, ends with kNoSpace.
  void set_full(bool is_full) { is_full_ = is_full; }

  [[nodiscard]] Expected<std::vector<ufs::FileInfo>, ufs::Error> list(
      std::size_t count_max) const override;
  [[nodiscard]] Expected<ufs::Usage, ufs::Error> usage() const override;
  [[nodiscard]] Expected<std::uint64_t, ufs::Error> size(const ufs::FileName& name) const override;
  [[nodiscard]] Expected<Bytes, ufs::Error> read(const ufs::FileName& name, std::uint64_t offset,
                                                 std::uint64_t length) const override;
  [[nodiscard]] Expected<void, ufs::Error> write(const ufs::FileName& name,
                                                 ByteView content) override;
  [[nodiscard]] Expected<void, ufs::Error> remove(const ufs::FileName& name) override;
  [[nodiscard]] Expected<void, ufs::Error> remove_all(ufs::Storage storage) override;

 private:
  [[nodiscard]] bool fails(StoreOperation operation) const {
    return failing_[static_cast<std::size_t>(operation)];
  }

  Expected<void, ufs::Error> write_or_fail(const ufs::FileName& name, ByteView content);

  ufs::Store& store_;
  journal::Journal& journal_;
  std::array<bool, static_cast<std::size_t>(StoreOperation::kCount)> failing_{};
  bool is_full_ = false;
};

}  // namespace vmodem::testbed
