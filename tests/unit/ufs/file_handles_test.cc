#include "tests/support/catch.h"
#include "tests/unit/ufs/fixture.h"
#include "ufs/file_system.h"
#include "ufs/memory_store.h"

using namespace vmodem;
using namespace vmodem::ufs;

namespace {

struct World {
  MemoryStore store;
  FileSystem files;

  explicit World(const Limits& limits = {}) : files(store, limits) {
    REQUIRE(files.create_file("ten", as_bytes("0123456789")));
  }
  FileHandle open(std::string_view name, OpenMode mode) { return files.open(name, mode).value(); }
  std::optional<Error> write(FileHandle handle, std::string_view content) {
    return error_of(files.write(handle, as_bytes(content)));
  }
  std::string read(FileHandle handle, std::optional<std::uint64_t> length = {}) {
    return text_of(files.read(handle, length));
  }
  [[nodiscard]] std::string content(std::string_view name) const {
    return text_of(files.read_file(name));
  }
};

}  // namespace

TEST_CASE("handles start at 0 and the lowest free one is given") {
  World world;
  CHECK(world.open("a", OpenMode::kCreateOrOpen) == FileHandle{0});
  CHECK(world.open("b", OpenMode::kCreateOrOpen) == FileHandle{1});
  CHECK(world.open("c", OpenMode::kCreateOrOpen) == FileHandle{2});
  REQUIRE(world.files.close(FileHandle{1}));
  CHECK(world.open("d", OpenMode::kCreateOrOpen) == FileHandle{1});
  CHECK(world.open("e", OpenMode::kCreateOrOpen) == FileHandle{3});
}

TEST_CASE("the first handle is configurable") {
  World world(Limits{.first_handle = 1});
  CHECK(world.open("a", OpenMode::kCreateOrOpen) == FileHandle{1});
  CHECK(world.open("b", OpenMode::kCreateOrOpen) == FileHandle{2});
}

TEST_CASE("handles of the extended storage start at 20000") {
  World world;
  CHECK(world.open("EUFS:a", OpenMode::kCreateOrOpen) == FileHandle{20000});
  CHECK(world.open("a", OpenMode::kCreateOrOpen) == FileHandle{0});
  CHECK(world.open("EUFS:b", OpenMode::kCreateOrOpen) == FileHandle{20001});
  CHECK(world.open("b", OpenMode::kCreateOrOpen) == FileHandle{1});
  REQUIRE(world.files.close(FileHandle{20000}));
  CHECK(world.open("EUFS:c", OpenMode::kCreateOrOpen) == FileHandle{20000});
  CHECK_FALSE(world.write(FileHandle{20001}, "extended"));
  CHECK(world.content("EUFS:b") == "extended");
  CHECK(world.content("b").empty());
}

TEST_CASE("open files are listed by handle with name and mode") {
  World world;
  const auto first = world.open("UFS:b", OpenMode::kAppend);
  const auto second = world.open("ten", OpenMode::kReadOnly);
  const auto& open_files = world.files.open_files();
  REQUIRE(open_files.size() == 2);
  CHECK((open_files[0].handle == first && open_files[1].handle == second));
  CHECK((open_files[0].name.text() == "b" && open_files[1].name.text() == "ten"));
  CHECK((open_files[0].mode == OpenMode::kAppend && open_files[1].mode == OpenMode::kReadOnly));
}

TEST_CASE("ten files are open at once and no more") {
  World world;
  for (int i = 0; i < 10; ++i) world.open(std::to_string(i), OpenMode::kCreateOrOpen);
  CHECK(error_of(world.files.open("eleventh", OpenMode::kCreateOrOpen)) == Error::kTooManyOpen);
  CHECK(error_of(world.files.list("eleventh")) == Error::kNotFound);
}

TEST_CASE("an open file cannot be opened again") {
  World world;
  const auto handle = world.open("ten", OpenMode::kReadOnly);
  CHECK(error_of(world.files.open("UFS:ten", OpenMode::kCreateOrTruncate)) == Error::kIsOpen);
  CHECK(world.content("ten") == "0123456789");
  REQUIRE(world.files.close(handle));
  CHECK(world.files.open("ten", OpenMode::kReadOnly));
}

TEST_CASE("mode 0 keeps what a file holds and creates what is missing") {
  World world;
  CHECK(world.read(world.open("ten", OpenMode::kCreateOrOpen)) == "0123456789");
  world.open("new", OpenMode::kCreateOrOpen);
  CHECK(world.content("new").empty());
}

TEST_CASE("mode 1 empties a file or creates it") {
  World world;
  world.open("ten", OpenMode::kCreateOrTruncate);
  world.open("new", OpenMode::kCreateOrTruncate);
  CHECK(world.content("ten").empty());
  CHECK(world.content("new").empty());
}

TEST_CASE("mode 2 needs an existing file and only reads") {
  World world;
  CHECK(error_of(world.files.open("new", OpenMode::kReadOnly)) == Error::kNotFound);
  CHECK(error_of(world.files.list("new")) == Error::kNotFound);
  const auto handle = world.open("ten", OpenMode::kReadOnly);
  CHECK(world.write(handle, "x") == Error::kReadOnly);
  CHECK(error_of(world.files.check_write(handle)) == Error::kReadOnly);
  CHECK(error_of(world.files.truncate(handle)) == Error::kReadOnly);
  CHECK(world.read(handle) == "0123456789");
}

TEST_CASE("mode 3 starts at the end and may go back to read") {
  World world;
  const auto handle = world.open("ten", OpenMode::kAppend);
  CHECK(world.files.position(handle) == 10u);
  REQUIRE_FALSE(world.write(handle, "AB"));
  REQUIRE(world.files.seek(handle, 8, SeekFrom::kStart));
  CHECK(world.read(handle) == "89AB");
}

TEST_CASE("reading moves on and ends at the end of the file") {
  World world;
  const auto handle = world.open("ten", OpenMode::kCreateOrOpen);
  CHECK(world.read(handle, 4) == "0123");
  CHECK(world.files.position(handle) == 4u);
  CHECK(error_of(world.files.read(handle, 0)) == Error::kEndOfFile);
  CHECK(world.read(handle, UINT64_MAX) == "456789");
  CHECK(error_of(world.files.read(handle, 1)) == Error::kEndOfFile);
  CHECK(error_of(world.files.read(handle, {})) == Error::kEndOfFile);
}

TEST_CASE("writing overwrites, extends and reports both counts") {
  World world;
  const auto handle = world.open("ten", OpenMode::kCreateOrOpen);
  REQUIRE(world.files.seek(handle, 3, SeekFrom::kStart));
  const auto inside = world.files.write(handle, as_bytes("xyz")).value();
  CHECK((inside.count == 3 && inside.file_size == 10));
  CHECK(world.content("ten") == "012xyz6789");
  const auto beyond = world.files.write(handle, as_bytes("ABCDEF")).value();
  CHECK((beyond.count == 6 && beyond.file_size == 12));
  CHECK(world.content("ten") == "012xyzABCDEF");
  CHECK(world.files.position(handle) == 12u);
}

TEST_CASE("a write that does not fit changes nothing") {
  World world(Limits{.total_size = 15, .reserved_size = 0});
  const auto handle = world.open("ten", OpenMode::kAppend);
  CHECK(world.write(handle, "123456") == Error::kNoSpace);
  CHECK(world.content("ten") == "0123456789");
  CHECK(world.files.position(handle) == 10u);
  CHECK_FALSE(world.write(handle, "12345"));
}

TEST_CASE("a position is found from the start, from here and back from the end") {
  World world;
  const auto handle = world.open("ten", OpenMode::kCreateOrOpen);
  REQUIRE(world.files.seek(handle, 2, SeekFrom::kStart));
  REQUIRE(world.files.seek(handle, 3, SeekFrom::kHere));
  CHECK(world.files.position(handle) == 5u);
  REQUIRE(world.files.seek(handle, 4, SeekFrom::kEnd));
  CHECK(world.files.position(handle) == 6u);
  REQUIRE(world.files.seek(handle, 10, SeekFrom::kStart));
  CHECK(world.files.position(handle) == 10u);
}

TEST_CASE("no position lies outside the file") {
  World world;
  const auto handle = world.open("ten", OpenMode::kCreateOrOpen);
  REQUIRE(world.files.seek(handle, 5, SeekFrom::kStart));
  for (const auto offset : {std::uint64_t{11}, UINT64_MAX}) {
    CHECK(error_of(world.files.seek(handle, offset, SeekFrom::kStart)) == Error::kOutOfRange);
    CHECK(error_of(world.files.seek(handle, offset, SeekFrom::kEnd)) == Error::kOutOfRange);
  }
  CHECK(error_of(world.files.seek(handle, 6, SeekFrom::kHere)) == Error::kOutOfRange);
  CHECK(error_of(world.files.seek(handle, UINT64_MAX, SeekFrom::kHere)) == Error::kOutOfRange);
  CHECK(world.files.position(handle) == 5u);
}

TEST_CASE("truncating cuts everything behind the position") {
  World world;
  const auto handle = world.open("ten", OpenMode::kCreateOrOpen);
  REQUIRE(world.files.seek(handle, 4, SeekFrom::kStart));
  CHECK(world.files.truncate(handle));
  CHECK(world.content("ten") == "0123");
  CHECK(world.files.truncate(handle));
  CHECK(world.content("ten") == "0123");
}

TEST_CASE("a handle that is not open is unknown to every operation") {
  World world;
  const FileHandle handle{0};
  CHECK(world.write(handle, "x") == Error::kUnknownHandle);
  CHECK(error_of(world.files.check_write(handle)) == Error::kUnknownHandle);
  CHECK(error_of(world.files.read(handle, {})) == Error::kUnknownHandle);
  CHECK(error_of(world.files.seek(handle, 0, SeekFrom::kStart)) == Error::kUnknownHandle);
  CHECK(error_of(world.files.position(handle)) == Error::kUnknownHandle);
  CHECK(error_of(world.files.truncate(handle)) == Error::kUnknownHandle);
  CHECK(error_of(world.files.close(handle)) == Error::kUnknownHandle);
}

TEST_CASE("a reset closes every handle and keeps every file") {
  World world;
  const auto handle = world.open("ten", OpenMode::kCreateOrOpen);
  world.files.close_all();
  CHECK(error_of(world.files.close(handle)) == Error::kUnknownHandle);
  CHECK(world.content("ten") == "0123456789");
}

TEST_CASE("a file that is taken away under its handle is not found, and the handle closes") {
  World world;
  const auto handle = world.open("ten", OpenMode::kCreateOrOpen);
  REQUIRE(world.store.remove(named("ten")));
  CHECK(world.write(handle, "x") == Error::kNotFound);
  CHECK(error_of(world.files.read(handle, {})) == Error::kNotFound);
  CHECK(error_of(world.files.seek(handle, 0, SeekFrom::kStart)) == Error::kNotFound);
  CHECK(world.files.close(handle));
}

TEST_CASE("a file that is shortened under its handle is written from its new end") {
  World world;
  const auto handle = world.open("ten", OpenMode::kAppend);
  REQUIRE(world.store.write(named("ten"), as_bytes("0")));
  CHECK(error_of(world.files.read(handle, {})) == Error::kEndOfFile);
  CHECK(world.files.truncate(handle));
  CHECK_FALSE(world.write(handle, "x"));
  CHECK(world.content("ten") == "0x");
  CHECK(world.files.position(handle) == 2u);
}
