#include "ufs/memory_store.h"

#include <algorithm>

namespace vmodem::ufs {

Expected<std::vector<FileInfo>, Error> MemoryStore::list(std::size_t count_max) const {
  std::vector<FileInfo> files;
  for (const auto& [name, content] : files_) {
    if (files.size() == count_max) break;
    files.push_back({name, content.size()});
  }
  return files;
}

Expected<Usage, Error> MemoryStore::usage() const {
  Usage usage;
  for (const auto& [name, content] : files_) usage.size += content.size();
  usage.file_count = files_.size();
  return usage;
}

Expected<std::uint64_t, Error> MemoryStore::size(const FileName& name) const {
  const auto file = files_.find(name);
  if (file == files_.end()) return unexpected(Error::kNotFound);

  return file->second.size();
}

Expected<Bytes, Error> MemoryStore::read(const FileName& name, std::uint64_t offset,
                                         std::uint64_t length) const {
  const auto file = files_.find(name);
  if (file == files_.end()) return unexpected(Error::kNotFound);

  ByteView content = file->second;
  content = content.subspan(std::min<std::uint64_t>(offset, content.size()));
  content = content.first(std::min<std::uint64_t>(length, content.size()));
  return Bytes(content.begin(), content.end());
}

Expected<void, Error> MemoryStore::write(const FileName& name, ByteView content) {
  files_.insert_or_assign(name, Bytes(content.begin(), content.end()));
  return {};
}

Expected<void, Error> MemoryStore::remove(const FileName& name) {
  if (files_.erase(name) == 0) return unexpected(Error::kNotFound);
  return {};
}

Expected<void, Error> MemoryStore::remove_all(Storage storage) {
  std::erase_if(files_, [=](const auto& file) { return file.first.storage() == storage; });
  return {};
}

}  // namespace vmodem::ufs
