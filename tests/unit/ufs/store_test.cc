// What a memory store and a directory store have in common.
#include "ufs/store.h"

#include <memory>

#include "tests/support/catch.h"
#include "tests/unit/ufs/fixture.h"
#include "ufs/directory/store.h"
#include "ufs/memory_store.h"

using namespace vmodem;
using namespace vmodem::ufs;

namespace {

enum class StoreKind { kMemory, kDirectory };

struct World {
  TemporaryDirectory directory;
  std::unique_ptr<Store> store;

  explicit World(StoreKind kind) {
    if (kind == StoreKind::kMemory) store = std::make_unique<MemoryStore>();
    if (kind == StoreKind::kDirectory) store = DirectoryStore::open(directory.path()).value();
  }
  void write(std::string_view name, std::string_view content) const {
    REQUIRE(store->write(named(name), as_bytes(content)));
  }
  [[nodiscard]] std::string whole(std::string_view name) const {
    return text_of(store->read(named(name), 0, 1000));
  }
};

}  // namespace

TEST_CASE("a new store is empty") {
  const World world(GENERATE(StoreKind::kMemory, StoreKind::kDirectory));
  CHECK(world.store->list(10).value().empty());
  CHECK(world.store->usage().value() == Usage{0, 0});
}

TEST_CASE("a store gives back what was written") {
  const World world(GENERATE(StoreKind::kMemory, StoreKind::kDirectory));
  const std::string octets("\0\r\n\x1A\x1B\xFF", 6);
  world.write("a", octets);
  CHECK(world.whole("a") == octets);
  CHECK(world.store->size(named("a")) == 6u);
}

TEST_CASE("writing a file again replaces all of it") {
  const World world(GENERATE(StoreKind::kMemory, StoreKind::kDirectory));
  world.write("a", "a long content");
  world.write("a", "short");
  CHECK(world.whole("a") == "short");
  CHECK(world.store->usage().value() == Usage{5, 1});
}

TEST_CASE("a part of a file ends where the file ends") {
  const World world(GENERATE(StoreKind::kMemory, StoreKind::kDirectory));
  world.write("a", "0123456789");
  CHECK(text_of(world.store->read(named("a"), 2, 3)) == "234");
  CHECK(text_of(world.store->read(named("a"), 8, UINT64_MAX)) == "89");
  CHECK(text_of(world.store->read(named("a"), 10, 1)).empty());
  CHECK(text_of(world.store->read(named("a"), UINT64_MAX, UINT64_MAX)).empty());
}

TEST_CASE("what is missing is not found") {
  const World world(GENERATE(StoreKind::kMemory, StoreKind::kDirectory));
  world.write("a", "");
  CHECK(error_of(world.store->size(named("A"))) == Error::kNotFound);
  CHECK(error_of(world.store->read(named("A"), 0, 1)) == Error::kNotFound);
  CHECK(error_of(world.store->remove(named("A"))) == Error::kNotFound);
}

TEST_CASE("a removed file is gone and the others stay") {
  const World world(GENERATE(StoreKind::kMemory, StoreKind::kDirectory));
  world.write("a", "1");
  world.write("b", "22");
  REQUIRE(world.store->remove(named("a")));
  CHECK(world.store->list(10).value() == std::vector{FileInfo{named("b"), 2}});
}

TEST_CASE("files are listed by name and no more than asked for") {
  const World world(GENERATE(StoreKind::kMemory, StoreKind::kDirectory));
  for (const auto* name : {"c", "a", "B", "d"}) world.write(name, name);
  CHECK(world.store->list(3).value() ==
        std::vector{FileInfo{named("B"), 1}, FileInfo{named("a"), 1}, FileInfo{named("c"), 1}});
  CHECK(world.store->list(0).value().empty());
  CHECK(world.store->usage().value() == Usage{4, 4});
}

TEST_CASE("all files can be removed at once, and again") {
  const World world(GENERATE(StoreKind::kMemory, StoreKind::kDirectory));
  for (int i = 0; i < 50; ++i) world.write("file " + std::to_string(i), "x");
  REQUIRE(world.store->remove_all(Storage::kUser));
  CHECK(world.store->usage().value() == Usage{0, 0});
  CHECK(world.store->remove_all(Storage::kUser));
}

TEST_CASE("the files of one storage can be removed without those of the other") {
  const World world(GENERATE(StoreKind::kMemory, StoreKind::kDirectory));
  for (const auto* name : {"a", "b", "EUFS:a"}) world.write(name, "x");
  REQUIRE(world.store->remove_all(Storage::kUser));
  CHECK(world.store->list(10).value() == std::vector{FileInfo{named("EUFS:a"), 1}});
}

TEST_CASE("odd names are kept apart from each other") {
  const World world(GENERATE(StoreKind::kMemory, StoreKind::kDirectory));
  const std::vector<std::string> names = {" ",     "%",      "%2",
                                          "%252E", "%252Ex", "%252e",
                                          "%25x",  "%2E",    "%2E.",
                                          "%2Ex",  "%2e",    "%2ex",
                                          "-",     "...",    ".vmodem-tmp.a",
                                          ".x",    "A",      "a",
                                          "a%2Eb", "a.tmp",  "schl\xC3\xBCssel",
                                          "~"};
  for (const auto& name : names) world.write(name, "content of " + name);

  std::vector<std::string> listed;
  const auto files = world.store->list(100).value();
  for (const auto& file : files) listed.push_back(file.name.text());
  auto sorted = names;
  std::sort(sorted.begin(), sorted.end());
  CHECK(listed == sorted);
  for (const auto& name : names) CHECK(world.whole(name) == "content of " + name);
  for (const auto& name : names) CHECK(world.store->remove(named(name)));
  CHECK(world.store->usage().value() == Usage{0, 0});
}

TEST_CASE("one name in both storages is two files, in the order of the storages") {
  const World world(GENERATE(StoreKind::kMemory, StoreKind::kDirectory));
  const std::vector<std::string> names = {"%2Ex",      ".x",      "EUFS",      "x",
                                          "EUFS:%2Ex", "EUFS:.x", "EUFS:EUFS", "EUFS:x"};
  for (const auto& name : names) world.write(name, "content of " + name);

  std::vector<std::string> listed;
  const auto files = world.store->list(100).value();
  for (const auto& file : files) listed.push_back(file.name.spelling());
  CHECK(listed == names);
  for (const auto& name : names) CHECK(world.whole(name) == "content of " + name);
  CHECK(world.store->remove(named("EUFS:x")));
  CHECK(world.whole("x") == "content of x");
}

TEST_CASE("the longest name works in every spelling") {
  const World world(GENERATE(StoreKind::kMemory, StoreKind::kDirectory));
  const auto name = GENERATE(std::string(80, 'n'), "." + std::string(79, 'n'),
                             "%2E" + std::string(77, '\xFF'), "EUFS:" + std::string(80, 'n'));
  world.write(name, "x");
  CHECK(world.store->list(2).value() == std::vector{FileInfo{named(name), 1}});
}
