#include "ufs/directory/store.h"

#include <sys/stat.h>

#include "tests/support/catch.h"
#include "tests/unit/ufs/fixture.h"
#include "ufs/file_system.h"

using namespace vmodem;
using namespace vmodem::ufs;

namespace {

std::unique_ptr<DirectoryStore> open_store(const std::filesystem::path& path) {
  auto store = DirectoryStore::open(path);
  INFO((store ? "" : store.error().text));
  REQUIRE(store);
  return *std::move(store);
}

std::vector<FileInfo> everything(const Store& store) {
  return store.list(1000).value();
}

}  // namespace

TEST_CASE("files outlive the store that wrote them") {
  const TemporaryDirectory directory;
  REQUIRE(open_store(directory.path())->write(named("a"), as_bytes("content")));
  const auto store = open_store(directory.path());
  CHECK(text_of(store->read(named("a"), 0, 100)) == "content");
}

TEST_CASE("plain names are plain files, readable by their owner only") {
  const TemporaryDirectory directory;
  const auto store = open_store(directory.path());
  REQUIRE(store->write(named("UFS:0_server.psk"), as_bytes("id&00")));
  CHECK(directory.content_of("0_server.psk") == "id&00");
  CHECK(std::filesystem::status(directory.path() / "0_server.psk").permissions() ==
        (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
  CHECK(directory.entry_count() == 1);
}

TEST_CASE("files dropped into the directory appear at once") {
  const TemporaryDirectory directory;
  const auto store = open_store(directory.path());
  directory.drop("0_server.psk", "id&00");
  directory.drop("100%", "x");
  directory.drop("%25", "x");
  directory.drop("EUFS:extended", "x");
  CHECK(everything(*store) ==
        std::vector{FileInfo{named("%25"), 1}, FileInfo{named("0_server.psk"), 5},
                    FileInfo{named("100%"), 1}, FileInfo{named("EUFS:extended"), 1}});
  CHECK(text_of(store->read(named("0_server.psk"), 0, 100)) == "id&00");
  CHECK(text_of(store->read(named("100%"), 0, 100)) == "x");
}

TEST_CASE("only plain files with legal names appear, and nothing else is touched") {
  const TemporaryDirectory directory;
  const TemporaryDirectory outside;
  outside.drop("secret", "secret");
  directory.drop(".hidden", "x");
  directory.drop("UFS:prefixed", "x");
  directory.drop("a\nOK", "x");
  directory.drop("a*", "x");
  directory.drop(std::string(81, 'n'), "x");
  std::filesystem::create_symlink(outside.path() / "secret", directory.path() / "link");
  std::filesystem::create_directory(directory.path() / "folder");
  REQUIRE(::mkfifo((directory.path() / "pipe").c_str(), 0600) == 0);
  const auto entry_count = directory.entry_count();

  const auto store = open_store(directory.path());
  CHECK(everything(*store).empty());
  CHECK(store->usage().value() == Usage{0, 0});
  for (const auto* name : {"link", "folder", "pipe", ".hidden", "prefixed"}) {
    CAPTURE(name);
    CHECK(error_of(store->size(named(name))) == Error::kNotFound);
    CHECK(error_of(store->read(named(name), 0, 1)) == Error::kNotFound);
    CHECK(error_of(store->remove(named(name))) == Error::kNotFound);
  }
  REQUIRE(store->remove_all(Storage::kUser));
  CHECK(directory.entry_count() == entry_count);
}

TEST_CASE("a name that something else occupies is not written") {
  const TemporaryDirectory directory;
  const TemporaryDirectory outside;
  outside.drop("secret", "secret");
  std::filesystem::create_symlink(outside.path() / "secret", directory.path() / "link");
  std::filesystem::create_directory(directory.path() / "folder");
  const auto store = open_store(directory.path());
  CHECK(error_of(store->write(named("link"), as_bytes("x"))) == Error::kIo);
  CHECK(error_of(store->write(named("folder"), as_bytes("x"))) == Error::kIo);
  CHECK(outside.content_of("secret") == "secret");
  CHECK(directory.entry_count() == 2);
}

TEST_CASE("what a crash left unfinished is never listed and gone after the next start") {
  const TemporaryDirectory directory;
  directory.drop("a", "old");
  directory.drop(".vmodem-tmp.a", "ne");
  directory.drop(".vmodem-tmp.b", "");
  directory.drop(".other", "x");
  const auto store = open_store(directory.path());
  CHECK(directory.entry_count() == 2);
  directory.drop(".vmodem-tmp.a", "ne");
  CHECK(everything(*store) == std::vector{FileInfo{named("a"), 3}});
  CHECK(store->usage().value() == Usage{3, 1});
}

TEST_CASE("a file of UFS that is named like a temporary is an ordinary file") {
  const TemporaryDirectory directory;
  REQUIRE(open_store(directory.path())->write(named(".vmodem-tmp.a"), as_bytes("x")));
  CHECK(directory.content_of("%2Evmodem-tmp.a") == "x");
  const auto store = open_store(directory.path());
  CHECK(everything(*store) == std::vector{FileInfo{named(".vmodem-tmp.a"), 1}});
}

TEST_CASE("one directory belongs to one store at a time") {
  const TemporaryDirectory directory;
  auto first = open_store(directory.path());
  const auto second = DirectoryStore::open(directory.path());
  REQUIRE_FALSE(second);
  CHECK(second.error().kind == OpenFailureKind::kInUse);
  CHECK(second.error().text == "cannot use " + directory.path().string() +
                                   " as file store: another process has locked it");
  first.reset();
  CHECK(DirectoryStore::open(directory.path()));
}

TEST_CASE("a store that is refused the lock leaves unfinished writes of the owner alone") {
  const TemporaryDirectory directory;
  const auto owner = open_store(directory.path());
  directory.drop(".vmodem-tmp.a", "half");
  REQUIRE_FALSE(DirectoryStore::open(directory.path()));
  CHECK(directory.content_of(".vmodem-tmp.a") == "half");
}

TEST_CASE("a missing directory is created, its missing parent is not") {
  const TemporaryDirectory directory;
  const auto store = open_store(directory.path() / "new");
  CHECK(store->write(named("a"), as_bytes("x")));
  CHECK(directory.entry_count() == 1);

  const auto failed = DirectoryStore::open(directory.path() / "no" / "new");
  REQUIRE_FALSE(failed);
  CHECK(failed.error().kind == OpenFailureKind::kNotUsable);
  CHECK(failed.error().text.ends_with("No such file or directory"));
}

TEST_CASE("a file is no directory and a link to a directory is one") {
  const TemporaryDirectory directory;
  directory.drop("file", "x");
  const auto failed = DirectoryStore::open(directory.path() / "file");
  REQUIRE_FALSE(failed);
  CHECK(failed.error().text.ends_with("Not a directory"));

  const TemporaryDirectory links;
  std::filesystem::create_directory_symlink(directory.path(), links.path() / "link");
  CHECK(everything(*open_store(links.path() / "link")) == std::vector{FileInfo{named("file"), 1}});
}

TEST_CASE("a directory over its quota is reported as full") {
  const TemporaryDirectory directory;
  directory.drop("big", std::string(2000, 'x'));
  const auto store = open_store(directory.path());
  FileSystem files(*store, Limits{.total_size = 1000, .reserved_size = 0});
  CHECK(files.space().value() == Space{.free = 0, .total = 1000});
  CHECK(error_of(files.create_file("a", as_bytes("x"))) == Error::kNoSpace);
  CHECK(files.remove("big"));
  CHECK_FALSE(error_of(files.create_file("a", as_bytes("x"))));
}

TEST_CASE("a directory that is taken away gives errors, not crashes") {
  const TemporaryDirectory directory;
  const auto store = open_store(directory.path() / "new");
  REQUIRE(store->write(named("a"), as_bytes("x")));
  std::filesystem::remove_all(directory.path() / "new");
  CHECK(error_of(store->write(named("a"), as_bytes("x"))) == Error::kIo);
  CHECK(error_of(store->read(named("a"), 0, 1)) == Error::kNotFound);
  CHECK(error_of(store->remove(named("a"))) == Error::kNotFound);
}
