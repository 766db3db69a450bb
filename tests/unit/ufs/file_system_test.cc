#include "ufs/file_system.h"

#include "tests/support/catch.h"
#include "tests/unit/ufs/fixture.h"
#include "ufs/memory_store.h"

using namespace vmodem;
using namespace vmodem::ufs;

namespace {

constexpr Limits kSmall{.total_size = 110, .reserved_size = 10, .file_count_max = 3};

struct World {
  MemoryStore store;
  FileSystem files;

  explicit World(const Limits& limits = {}) : files(store, limits) {}
  std::optional<Error> create(std::string_view name, std::size_t size) {
    return error_of(files.create_file(name, Bytes(size, 'x')));
  }
  [[nodiscard]] std::vector<FileInfo> list(std::string_view pattern) const {
    return files.list(pattern).value();
  }
};

}  // namespace

TEST_CASE("an empty store reports the space of a real module") {
  const World world;
  CHECK(world.files.space().value() == Space{.free = 1249984, .total = 1562624});
  CHECK(world.files.usage().value() == Usage{0, 0});
}

TEST_CASE("space and usage count every octet") {
  World world;
  REQUIRE_FALSE(world.create("a", 1000));
  REQUIRE_FALSE(world.create("b", 1));
  CHECK(world.files.space().value() == Space{.free = 1248983, .total = 1562624});
  CHECK(world.files.usage().value() == Usage{1001, 2});
}

TEST_CASE("a file is listed under its bare name, however it is asked for") {
  World world;
  REQUIRE_FALSE(world.create("UFS:a", 1));
  REQUIRE_FALSE(world.create("b", 2));
  const std::vector both{FileInfo{named("a"), 1}, FileInfo{named("b"), 2}};
  CHECK(world.list("*") == both);
  CHECK(world.list("UFS:*") == both);
  CHECK(world.list("b") == std::vector{FileInfo{named("b"), 2}});
  CHECK(world.list("UFS:b") == std::vector{FileInfo{named("b"), 2}});
}

TEST_CASE("listing everything in an empty store succeeds and a missing file does not") {
  const World world;
  CHECK(world.list("*").empty());
  CHECK(error_of(world.files.list("a")) == Error::kNotFound);
  CHECK(error_of(world.files.list("a*")) == Error::kInvalidName);
  CHECK(world.list("EUFS:*").empty());
}

TEST_CASE("an upload never replaces a file") {
  World world;
  REQUIRE_FALSE(world.create("a", 1));
  CHECK(error_of(world.files.check_upload("UFS:a", 1)) == Error::kExists);
  CHECK(world.create("UFS:a", 5) == Error::kExists);
  CHECK(world.files.usage().value() == Usage{1, 1});
}

TEST_CASE("an upload is announced no larger than what is free") {
  const World world;
  CHECK_FALSE(error_of(world.files.check_upload("a", 1249984)));
  CHECK(error_of(world.files.check_upload("a", 1249985)) == Error::kTooLarge);
  CHECK(error_of(world.files.check_upload("a", UINT64_MAX)) == Error::kTooLarge);
  CHECK(error_of(world.files.check_upload("a/b", 1)) == Error::kInvalidName);
  CHECK(error_of(world.files.check_upload("SD:a", 1)) == Error::kInvalidName);
}

TEST_CASE("the quota is met to the octet") {
  World world(kSmall);
  CHECK(world.create("a", 101) == Error::kNoSpace);
  CHECK_FALSE(world.create("a", 60));
  CHECK(world.create("b", 41) == Error::kNoSpace);
  CHECK_FALSE(world.create("b", 40));
  CHECK_FALSE(world.create("empty", 0));
  CHECK(world.files.space().value() == Space{.free = 0, .total = 110});
}

TEST_CASE("the number of files is limited") {
  World world(kSmall);
  for (const auto* name : {"a", "b", "c"}) REQUIRE_FALSE(world.create(name, 1));
  CHECK(world.create("d", 1) == Error::kNoSpace);
  CHECK(error_of(world.files.check_upload("d", 1)) == Error::kNoSpace);
  CHECK(error_of(world.files.open("d", OpenMode::kCreateOrOpen)) == Error::kNoSpace);
  CHECK_FALSE(error_of(world.files.copy("a", "b", Overwrite::kYes)));
}

TEST_CASE("a store over its quota is full, not broken") {
  World world(kSmall);
  for (const auto* name : {"a", "b", "c", "d"}) {
    REQUIRE(world.store.write(named(name), Bytes(40, 'x')));
  }
  CHECK(world.files.space().value() == Space{.free = 0, .total = 110});
  CHECK(world.files.usage().value() == Usage{160, 4});
  CHECK(world.create("e", 0) == Error::kNoSpace);

  const auto handle = world.files.open("a", OpenMode::kCreateOrOpen).value();
  CHECK(world.files.write(handle, as_bytes("same size")));
  CHECK(world.files.truncate(handle));
  CHECK(world.files.usage().value() == Usage{129, 4});
}

TEST_CASE("limits without sense leave no space") {
  const World world(Limits{.total_size = 10, .reserved_size = 20});
  CHECK(world.files.space().value() == Space{.free = 0, .total = 10});
}

TEST_CASE("a file that exceeds the total size is listed but not read") {
  World world(kSmall);
  REQUIRE(world.store.write(named("big"), Bytes(111, 'x')));
  CHECK(world.list("big") == std::vector{FileInfo{named("big"), 111}});
  CHECK(error_of(world.files.read_file("big")) == Error::kTooLarge);
  CHECK(error_of(world.files.crc("big")) == Error::kTooLarge);
  const auto handle = world.files.open("big", OpenMode::kCreateOrOpen).value();
  CHECK(error_of(world.files.read(handle, {})) == Error::kTooLarge);
  CHECK(world.files.read(handle, 110).value().size() == 110);
  CHECK(error_of(world.files.write(handle, {})) == Error::kTooLarge);
  CHECK(world.files.truncate(handle));
  CHECK(world.files.read_file("big").value().size() == 110);
}

TEST_CASE("a whole file and its CRCs are read by either name") {
  World world;
  REQUIRE(world.files.create_file("a", as_bytes("123456789")));
  CHECK(text_of(world.files.read_file("UFS:a")) == "123456789");
  CHECK(world.files.crc("UFS:a").value() == Crcs{0xCBF43926, 0xBB3D, 0x2189});
  CHECK(error_of(world.files.read_file("b")) == Error::kNotFound);
  CHECK(error_of(world.files.crc("..")) == Error::kInvalidName);
}

TEST_CASE("one file is removed, or all of them") {
  World world;
  for (const auto* name : {"a", "b", "c"}) REQUIRE_FALSE(world.create(name, 1));
  CHECK(world.files.remove("UFS:a"));
  CHECK(error_of(world.files.remove("a")) == Error::kNotFound);
  CHECK(world.files.usage().value() == Usage{2, 2});
  CHECK(world.files.remove("UFS:*"));
  CHECK(world.files.remove("*"));
  CHECK(world.files.usage().value() == Usage{0, 0});
  CHECK(world.files.remove("EUFS:*"));
}

TEST_CASE("an open file is not removed, alone or with all others") {
  World world;
  REQUIRE_FALSE(world.create("a", 1));
  const auto handle = world.files.open("b", OpenMode::kCreateOrOpen).value();
  CHECK(error_of(world.files.remove("UFS:b")) == Error::kIsOpen);
  CHECK(error_of(world.files.remove("*")) == Error::kIsOpen);
  CHECK(world.files.usage().value().file_count == 2);
  REQUIRE(world.files.close(handle));
  CHECK(world.files.remove("*"));
}

TEST_CASE("a copy has the content of its source") {
  World world;
  REQUIRE(world.files.create_file("a", as_bytes("content")));
  CHECK(world.files.copy("UFS:a", "b", Overwrite::kNo));
  CHECK(text_of(world.files.read_file("b")) == "content");
  CHECK(text_of(world.files.read_file("a")) == "content");
}

TEST_CASE("a copy replaces its target only when told to") {
  World world;
  REQUIRE(world.files.create_file("a", as_bytes("new")));
  REQUIRE(world.files.create_file("b", as_bytes("old")));
  CHECK(error_of(world.files.copy("a", "b", Overwrite::kNo)) == Error::kExists);
  CHECK(text_of(world.files.read_file("b")) == "old");
  CHECK(world.files.copy("a", "b", Overwrite::kYes));
  CHECK(text_of(world.files.read_file("b")) == "new");
}

TEST_CASE("a copy fails for the same file, a missing source, an open target and lack of space") {
  World world(kSmall);
  REQUIRE_FALSE(world.create("a", 51));
  CHECK(error_of(world.files.copy("a", "UFS:a", Overwrite::kYes)) == Error::kSameFile);
  CHECK(error_of(world.files.copy("b", "c", Overwrite::kYes)) == Error::kNotFound);
  CHECK(error_of(world.files.copy("a", "b", Overwrite::kYes)) == Error::kNoSpace);
  CHECK(error_of(world.files.copy("a", "../b", Overwrite::kYes)) == Error::kInvalidName);
  REQUIRE(world.files.open("b", OpenMode::kCreateOrOpen));
  CHECK(error_of(world.files.copy("a", "b", Overwrite::kYes)) == Error::kIsOpen);
}

TEST_CASE("a replaced file gives its space back") {
  World world(kSmall);
  REQUIRE_FALSE(world.create("a", 50));
  REQUIRE_FALSE(world.create("b", 50));
  CHECK(world.files.copy("a", "b", Overwrite::kYes));
  CHECK(world.files.usage().value() == Usage{100, 2});
}

TEST_CASE("each storage lists and removes its own files") {
  World world;
  for (const auto* name : {"a", "EUFS:a", "EUFS:b"}) REQUIRE_FALSE(world.create(name, 1));
  CHECK(world.list("*") == std::vector{FileInfo{named("a"), 1}});
  CHECK(world.list("EUFS:*") ==
        std::vector{FileInfo{named("EUFS:a"), 1}, FileInfo{named("EUFS:b"), 1}});
  CHECK(world.list("EUFS:b") == std::vector{FileInfo{named("EUFS:b"), 1}});

  CHECK(world.files.remove("*"));
  CHECK(world.list("*").empty());
  CHECK(world.list("EUFS:*").size() == 2);
  REQUIRE_FALSE(world.create("c", 1));
  CHECK(world.files.remove("EUFS:*"));
  CHECK(world.list("EUFS:*").empty());
  CHECK(world.list("*") == std::vector{FileInfo{named("c"), 1}});
}

TEST_CASE("removing all files of a storage leaves none, however many there are") {
  World world(kSmall);
  REQUIRE(world.store.write(named("EUFS:kept"), {}));
  for (const auto* name : {"a", "b", "c", "d", "e"}) REQUIRE(world.store.write(named(name), {}));
  CHECK(world.files.remove("*"));
  CHECK(world.files.usage().value() == Usage{0, 1});
}

TEST_CASE("an open file of one storage does not keep the other") {
  World world;
  for (const auto* name : {"a", "EUFS:a"}) REQUIRE_FALSE(world.create(name, 1));
  REQUIRE(world.files.open("EUFS:a", OpenMode::kReadOnly));
  CHECK(error_of(world.files.remove("EUFS:*")) == Error::kIsOpen);
  CHECK(world.files.remove("*"));
}

TEST_CASE("both storages share the quota") {
  World world(kSmall);
  REQUIRE_FALSE(world.create("EUFS:a", 60));
  CHECK(world.create("b", 41) == Error::kNoSpace);
  CHECK_FALSE(world.create("b", 40));
  CHECK(world.files.usage().value() == Usage{100, 2});
}

TEST_CASE("copies and CRCs are for the user's storage") {
  World world;
  for (const auto* name : {"a", "EUFS:a"}) REQUIRE_FALSE(world.create(name, 1));
  CHECK(error_of(world.files.crc("EUFS:a")) == Error::kInvalidName);
  CHECK(error_of(world.files.copy("EUFS:a", "b", Overwrite::kNo)) == Error::kInvalidName);
  CHECK(error_of(world.files.copy("a", "EUFS:b", Overwrite::kNo)) == Error::kInvalidName);
}
