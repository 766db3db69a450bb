// The part of FileSystem that works through handles.
#include <algorithm>

#include "firmware/base/check.h"
#include "ufs/file_system.h"

namespace vmodem::ufs {

Expected<FileHandle, Error> FileSystem::open(std::string_view name, OpenMode mode) {
  const auto file = FileName::parse(name);
  if (!file) return unexpected(file.error());
  if (is_open(*file)) return unexpected(Error::kIsOpen);
  if (open_files_.size() >= limits_.open_count_max) return unexpected(Error::kTooManyOpen);
  const auto start = prepare(*file, mode);
  if (!start) return unexpected(start.error());

  const bool is_extended = file->storage() != Storage::kUser;
  auto handle = is_extended ? limits_.first_extended_handle : limits_.first_handle;
  auto place = std::ranges::lower_bound(open_files_, FileHandle{handle}, {}, &OpenFile::handle);
  while (place != open_files_.end() && place->handle == FileHandle{handle}) ++place, ++handle;
  open_files_.insert(place, {FileHandle{handle}, *file, mode, *start});
  return FileHandle{handle};
}

Expected<Bytes, Error> FileSystem::read(FileHandle handle, std::optional<std::uint64_t> length) {
  const auto index = index_of(handle);
  if (!index) return unexpected(index.error());
  auto& file = open_files_[*index];
  const auto size = store_.size(file.name);
  if (!size) return unexpected(size.error());

  const auto rest = *size - std::min(file.position, *size);
  const auto wanted = std::min(length.value_or(rest), rest);
  if (wanted == 0) return unexpected(Error::kEndOfFile);
  if (wanted > limits_.total_size) return unexpected(Error::kTooLarge);

  auto content = store_.read(file.name, file.position, wanted);
  if (content) file.position += content->size();
  return content;
}

Expected<void, Error> FileSystem::check_write(FileHandle handle) const {
  return writable_index_of(handle).map([](std::size_t) {});
}

Expected<Written, Error> FileSystem::write(FileHandle handle, ByteView content) {
  const auto index = writable_index_of(handle);
  if (!index) return unexpected(index.error());
  auto& file = open_files_[*index];
  auto whole = read_whole(file.name);
  if (!whole) return unexpected(whole.error());

  // The directory's owner may have shortened the file under the handle.
  const auto start = std::min<std::uint64_t>(file.position, whole->size());
  const auto end = start + content.size();
  whole->resize(std::max<std::uint64_t>(whole->size(), end));
  std::ranges::copy(content, whole->begin() + static_cast<std::ptrdiff_t>(start));
  const auto stored = store_content(file.name, *whole);
  if (!stored) return unexpected(stored.error());

  file.position = end;
  return Written{.count = content.size(), .file_size = whole->size()};
}

Expected<void, Error> FileSystem::seek(FileHandle handle, std::uint64_t offset, SeekFrom from) {
  const auto index = index_of(handle);
  if (!index) return unexpected(index.error());
  auto& file = open_files_[*index];
  const auto size = store_.size(file.name);
  if (!size) return unexpected(size.error());
  if (offset > *size) return unexpected(Error::kOutOfRange);

  switch (from) {
    case SeekFrom::kStart:
      file.position = offset;
      return {};
    case SeekFrom::kHere:
      if (file.position > *size - offset) return unexpected(Error::kOutOfRange);
      file.position += offset;
      return {};
    case SeekFrom::kEnd:
      file.position = *size - offset;
      return {};
  }
  BG_CHECK(false, "SeekFrom has three enumerators");
}

Expected<std::uint64_t, Error> FileSystem::position(FileHandle handle) const {
  return index_of(handle).map([this](std::size_t index) { return open_files_[index].position; });
}

Expected<void, Error> FileSystem::truncate(FileHandle handle) {
  const auto index = writable_index_of(handle);
  if (!index) return unexpected(index.error());
  const auto& file = open_files_[*index];
  const auto size = store_.size(file.name);
  if (!size) return unexpected(size.error());
  if (file.position >= *size) return {};

  // Read in part, so that cutting works on a file that is too large to be read whole.
  if (file.position > limits_.total_size) return unexpected(Error::kTooLarge);
  const auto kept = store_.read(file.name, 0, file.position);
  if (!kept) return unexpected(kept.error());
  return store_content(file.name, *kept);
}

Expected<void, Error> FileSystem::close(FileHandle handle) {
  const auto index = index_of(handle);
  if (!index) return unexpected(index.error());

  open_files_.erase(open_files_.begin() + static_cast<std::ptrdiff_t>(*index));
  return {};
}

// Creates, empties or finds the file as `mode` says and returns where reading and writing start.
Expected<std::uint64_t, Error> FileSystem::prepare(const FileName& name, OpenMode mode) {
  const auto size = store_.size(name);
  if (!size && size.error() != Error::kNotFound) return unexpected(size.error());
  if (!size && mode == OpenMode::kReadOnly) return unexpected(Error::kNotFound);

  if (!size || mode == OpenMode::kCreateOrTruncate) {
    return store_content(name, {}).map([] { return std::uint64_t{0}; });
  }
  return mode == OpenMode::kAppend ? *size : 0;
}

Expected<std::size_t, Error> FileSystem::index_of(FileHandle handle) const {
  const auto file = std::ranges::find(open_files_, handle, &OpenFile::handle);
  if (file == open_files_.end()) return unexpected(Error::kUnknownHandle);

  return static_cast<std::size_t>(file - open_files_.begin());
}

Expected<std::size_t, Error> FileSystem::writable_index_of(FileHandle handle) const {
  const auto index = index_of(handle);
  if (index && open_files_[*index].mode == OpenMode::kReadOnly) return unexpected(Error::kReadOnly);
  return index;
}

bool FileSystem::is_open(const FileName& name) const {
  return std::ranges::find(open_files_, name, &OpenFile::name) != open_files_.end();
}

}  // namespace vmodem::ufs
