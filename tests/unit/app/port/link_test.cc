#include "firmware/app/port/link.h"

#include <filesystem>
#include <fstream>

#include "tests/support/catch.h"

using namespace vmodem::app;
namespace fs = std::filesystem;

namespace {

class Folder {
 public:
  Folder() {
    auto pattern = (fs::temp_directory_path() / "vmodem-link-XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] std::string file(const char* name) const { return (path_ / name).string(); }
  [[nodiscard]] std::ptrdiff_t count() const {
    return std::distance(fs::directory_iterator(path_), fs::directory_iterator());
  }

 private:
  fs::path path_;
};

}  // namespace

TEST_CASE("the link leads to the port while it lives and leaves nothing behind") {
  const Folder folder;
  {
    const auto link = PortLink::create(folder.file("modem"), "/dev/pts/5");
    REQUIRE(link);
    CHECK(fs::read_symlink(folder.file("modem")) == "/dev/pts/5");
    CHECK(folder.count() == 1);
  }
  CHECK(folder.count() == 0);
}

TEST_CASE("a link that an earlier run has left is replaced") {
  const Folder folder;
  fs::create_symlink("/dev/pts/gone", folder.file("modem"));
  const auto link = PortLink::create(folder.file("modem"), "/dev/pts/5");
  REQUIRE(link);
  CHECK(fs::read_symlink(folder.file("modem")) == "/dev/pts/5");
}

TEST_CASE("any other file in the way is an error and stays as it is") {
  const Folder folder;
  if (GENERATE(true, false)) {
    std::ofstream(folder.file("modem")) << "precious";
  } else {
    fs::create_directory(folder.file("modem"));
  }
  const auto link = PortLink::create(folder.file("modem"), "/dev/pts/5");
  REQUIRE_FALSE(link);
  CHECK(link.error() ==
        folder.file("modem") + " is not a symbolic link: remove it or choose another --link");
  CHECK_FALSE(fs::is_symlink(folder.file("modem")));
  CHECK(folder.count() == 1);
}

TEST_CASE("a link that leads anywhere but to a terminal is an error and stays as it is") {
  const Folder folder;
  const auto* target = GENERATE("precious", "/dev/null", "/dev/pts/../null");
  fs::create_symlink(target, folder.file("modem"));
  const auto link = PortLink::create(folder.file("modem"), "/dev/pts/5");
  REQUIRE_FALSE(link);
  CHECK(link.error() == folder.file("modem") + " is a link to " + target +
                            ", not to a port of vmodem: remove it or choose another --link");
  CHECK(fs::read_symlink(folder.file("modem")) == target);
  CHECK(folder.count() == 1);
}

TEST_CASE("all spellings of a path have one key and different paths have others") {
  const Folder folder;
  const auto key = link_key(folder.file("modem"));
  CHECK(link_key(folder.file("./modem")) == key);
  CHECK(link_key(folder.file("nodem")) != key);
  CHECK(link_key("/tmp/modem") != key);
}

TEST_CASE("a link that another run has taken over is left to it") {
  const Folder folder;
  {
    const auto link = PortLink::create(folder.file("modem"), "/dev/pts/5");
    REQUIRE(link);
    fs::remove(folder.file("modem"));
    fs::create_symlink("/dev/pts/6", folder.file("modem"));
  }
  CHECK(fs::read_symlink(folder.file("modem")) == "/dev/pts/6");
}

TEST_CASE("a link into a folder that does not exist is an error") {
  const Folder folder;
  const auto link = PortLink::create(folder.file("no/such/modem"), "/dev/pts/5");
  REQUIRE_FALSE(link);
  CHECK(link.error() ==
        "cannot create the link " + folder.file("no/such/modem") + ": No such file or directory");
}
