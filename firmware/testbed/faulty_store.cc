#include "firmware/testbed/faulty_store.h"

#include <array>
#include <string>
#include <string_view>

namespace vmodem::testbed {

using ufs::Error;

namespace {

// All files of a storage, by ufs::Storage.
constexpr std::array<std::string_view, 3> kWhole{"*", "EUFS:*", "EUFS:/datatx/*"};

}  // namespace

void FaultyStore::set_failing(StoreOperation operation, bool is_failing) {
  failing_[static_cast<std::size_t>(operation)] = is_failing;
}

Expected<std::vector<ufs::FileInfo>, Error> FaultyStore::list(std::size_t count_max) const {
  if (fails(StoreOperation::kList)) return unexpected(Error::kIo);
  return store_.list(count_max);
}

Expected<ufs::Usage, Error> FaultyStore::usage() const {
  if (fails(StoreOperation::kInfo)) return unexpected(Error::kIo);
  return store_.usage();
}

Expected<std::uint64_t, Error> FaultyStore::size(const ufs::FileName& name) const {
  if (fails(StoreOperation::kOpen)) return unexpected(Error::kIo);
  return store_.size(name);
}

Expected<Bytes, Error> FaultyStore::read(const ufs::FileName& name, std::uint64_t offset,
                                         std::uint64_t length) const {
  if (fails(StoreOperation::kRead)) return unexpected(Error::kIo);
  return store_.read(name, offset, length);
}

Expected<void, Error> FaultyStore::write(const ufs::FileName& name, ByteView content) {
  auto written = write_or_fail(name, content);
  if (written) {
    journal_.emit<journal::FileWritten>([&] {
      return journal::FileWritten{name.spelling(), content.size()};
    });
  } else {
    journal_.emit<journal::FileFull>([&] { return journal::FileFull{name.spelling()}; });
  }
  return written;
}

Expected<void, Error> FaultyStore::write_or_fail(const ufs::FileName& name, ByteView content) {
  if (fails(StoreOperation::kWrite)) return unexpected(Error::kIo);
  if (!is_full_) return store_.write(name, content);

  const auto size = store_.size(name);
  const bool is_larger = !size || content.size() > *size;
  if (is_larger) return unexpected(Error::kNoSpace);
  return store_.write(name, content);
}

Expected<void, Error> FaultyStore::remove(const ufs::FileName& name) {
  if (fails(StoreOperation::kDelete)) return unexpected(Error::kIo);
  auto removed = store_.remove(name);
  if (removed) {
    journal_.emit<journal::FileRemoved>([&] { return journal::FileRemoved{name.spelling()}; });
  }
  return removed;
}

Expected<void, Error> FaultyStore::remove_all(ufs::Storage storage) {
  if (fails(StoreOperation::kDelete)) return unexpected(Error::kIo);
  auto removed = store_.remove_all(storage);
  if (removed) {
    journal_.emit<journal::FileRemoved>(
        [&] { return journal::FileRemoved{std::string(kWhole[static_cast<std::size_t>(storage)])}; });
  }
  return removed;
}

}  // namespace vmodem::testbed
