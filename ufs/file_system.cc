#include "ufs/file_system.h"

#include <algorithm>

namespace vmodem::ufs {
namespace {

// The storage whose files all are meant.
std::optional<Storage> whole_storage(std::string_view pattern) {
  if (pattern == "*" || pattern == "UFS:*") return Storage::kUser;
  if (pattern == "EUFS:*" || pattern == "EUFS:/ufs/*") return Storage::kExtended;
  if (pattern == "EUFS:/datatx/*") return Storage::kExtendedDatatx;
  return std::nullopt;
}

Expected<FileName, Error> parse_user_name(std::string_view name) {
  auto file = FileName::parse(name);
  if (file && file->storage() != Storage::kUser) return unexpected(Error::kInvalidName);
  return file;
}

std::uint64_t free_size(const Limits& limits, std::uint64_t used_size) {
  const auto capacity = limits.total_size - std::min(limits.reserved_size, limits.total_size);
  return capacity - std::min(used_size, capacity);
}

}  // namespace

FileSystem::FileSystem(Store& store, const Limits& limits) : store_(store), limits_(limits) {
}

Expected<Space, Error> FileSystem::space() const {
  return store_.usage().map([this](const Usage& used) {
    return Space{.free = free_size(limits_, used.size), .total = limits_.total_size};
  });
}

Expected<Usage, Error> FileSystem::usage() const {
  return store_.usage();
}

Expected<std::vector<FileInfo>, Error> FileSystem::list(std::string_view pattern) const {
  if (const auto storage = whole_storage(pattern)) return list_all(*storage);

  const auto name = FileName::parse(pattern);
  if (!name) return unexpected(name.error());
  const auto size = store_.size(*name);
  if (!size) return unexpected(size.error());

  return std::vector{FileInfo{*name, *size}};
}

Expected<Bytes, Error> FileSystem::read_file(std::string_view name) const {
  return FileName::parse(name).and_then([this](const FileName& file) { return read_whole(file); });
}

Expected<Crcs, Error> FileSystem::crc(std::string_view name) const {
  return parse_user_name(name)
      .and_then([this](const FileName& file) { return read_whole(file); })
      .map([](const Bytes& content) { return crcs(content); });
}

Expected<void, Error> FileSystem::check_upload(std::string_view name,
                                               std::uint64_t announced_size) const {
  const auto file = FileName::parse(name);
  if (!file) return unexpected(file.error());
  const auto found = exists(*file);
  if (!found) return unexpected(found.error());
  if (*found) return unexpected(Error::kExists);
  const auto free = space();
  if (!free) return unexpected(free.error());
  if (announced_size > free->free) return unexpected(Error::kTooLarge);

  return check_room(*file, announced_size);
}

Expected<void, Error> FileSystem::create_file(std::string_view name, ByteView content) {
  const auto file = FileName::parse(name);
  if (!file) return unexpected(file.error());
  const auto found = exists(*file);
  if (!found) return unexpected(found.error());
  if (*found) return unexpected(Error::kExists);

  return store_content(*file, content);
}

Expected<void, Error> FileSystem::remove(std::string_view pattern) {
  if (const auto storage = whole_storage(pattern)) return remove_all(*storage);
  const auto name = FileName::parse(pattern);
  if (!name) return unexpected(name.error());
  if (is_open(*name)) return unexpected(Error::kIsOpen);

  return store_.remove(*name);
}

Expected<void, Error> FileSystem::copy(std::string_view source, std::string_view target,
                                       Overwrite overwrite) {
  const auto from = parse_user_name(source);
  if (!from) return unexpected(from.error());
  const auto to = parse_user_name(target);
  if (!to) return unexpected(to.error());
  const auto content = read_whole(*from);
  if (!content) return unexpected(content.error());

  if (*from == *to) return unexpected(Error::kSameFile);
  const auto found = exists(*to);
  if (!found) return unexpected(found.error());
  if (*found && overwrite == Overwrite::kNo) return unexpected(Error::kExists);
  if (is_open(*to)) return unexpected(Error::kIsOpen);

  return store_content(*to, *content);
}

Expected<std::vector<FileInfo>, Error> FileSystem::list_all(Storage storage) const {
  return store_.list(limits_.file_count_max).map([=](std::vector<FileInfo> files) {
    std::erase_if(files, [=](const FileInfo& file) { return file.name.storage() != storage; });
    return files;
  });
}

Expected<void, Error> FileSystem::remove_all(Storage storage) {
  const bool is_one_open = std::ranges::any_of(
      open_files_, [=](const OpenFile& file) { return file.name.storage() == storage; });
  if (is_one_open) return unexpected(Error::kIsOpen);

  return store_.remove_all(storage);
}

Expected<Bytes, Error> FileSystem::read_whole(const FileName& name) const {
  const auto size = store_.size(name);
  if (!size) return unexpected(size.error());
  if (*size > limits_.total_size) return unexpected(Error::kTooLarge);

  return store_.read(name, 0, *size);
}

Expected<void, Error> FileSystem::check_room(const FileName& name, std::uint64_t size) const {
  const auto used = store_.usage();
  if (!used) return unexpected(used.error());
  const auto old_size = store_.size(name);
  if (!old_size && old_size.error() != Error::kNotFound) return unexpected(old_size.error());
  if (!old_size && used->file_count >= limits_.file_count_max) return unexpected(Error::kNoSpace);

  // What does not grow always fits, in a store over its quota too.
  if (size <= old_size.value_or(0)) return {};
  const auto growth = size - old_size.value_or(0);
  if (growth > free_size(limits_, used->size)) return unexpected(Error::kNoSpace);
  return {};
}

Expected<void, Error> FileSystem::store_content(const FileName& name, ByteView content) {
  const auto room = check_room(name, content.size());
  if (!room) return room;

  return store_.write(name, content);
}

Expected<bool, Error> FileSystem::exists(const FileName& name) const {
  const auto size = store_.size(name);
  if (size) return true;
  if (size.error() == Error::kNotFound) return false;
  return unexpected(size.error());
}

}  // namespace vmodem::ufs
