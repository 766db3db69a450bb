#include "tests/unit/ufs/script.h"

#include <array>

#include "firmware/base/check.h"

namespace vmodem::ufs {
namespace {

template <class Value>
void expect_no_damage(const Expected<Value, Error>& result) {
  BG_CHECK(result || result.error() != Error::kIo, "the test's directory is sound");
}

// Each function changes one file once, so that only "before" and "after" exist.
void append(FileSystem& files, const std::string& name, ByteView content) {
  if (!files.list(name)) return expect_no_damage(files.create_file(name, content));

  const auto handle = files.open(name, OpenMode::kAppend);
  expect_no_damage(handle);
  if (!handle) return;
  expect_no_damage(files.write(*handle, content));
  files.close_all();
}

void cut(FileSystem& files, const std::string& name, std::uint64_t kept) {
  const auto handle = files.open(name, OpenMode::kCreateOrOpen);
  expect_no_damage(handle);
  if (!handle) return;
  if (files.seek(*handle, kept, SeekFrom::kStart)) expect_no_damage(files.truncate(*handle));
  files.close_all();
}

}  // namespace

void Script::perform_next(FileSystem& files) {
  const auto target = name();
  switch (below(16)) {
    case 0:
      return expect_no_damage(files.remove(below(4) == 0 ? "*" : target));
    case 1:
    case 2:
      return expect_no_damage(files.remove(target));
    case 3:
    case 4:
    case 5:
      return expect_no_damage(files.copy(name(), target, Overwrite::kYes));
    case 6:
    case 7:
      return cut(files, target, below(2000));
    case 8:
    case 9:
    case 10:
      return append(files, target, pattern());
    default:
      return expect_no_damage(files.create_file(target, pattern()));
  }
}

std::uint64_t Script::below(std::uint64_t bound) {
  return random_.below(RandomStream::kFault, bound);
}

std::string Script::name() {
  constexpr std::array kNames = {"a", "b", "0_server.psk", ".hidden", "%2Ehidden", ".vmodem-tmp.a"};
  return kNames[below(kNames.size())];
}

// Large files are repeated words: most of the writer's time then goes into writing, where a kill
// hurts.
Bytes Script::pattern() {
  std::array<std::uint8_t, 64> word{};
  random_.fill(RandomStream::kFault, word);
  Bytes content(below(3) == 0 ? below(100) : below(200'000));
  for (std::size_t i = 0; i < content.size(); ++i) content[i] = word[i % word.size()];
  return content;
}

}  // namespace vmodem::ufs
