#include "ufs/directory/durable_file.h"

#include <sys/resource.h>

#include <csignal>

#include "tests/support/catch.h"
#include "tests/unit/ufs/fixture.h"

using namespace vmodem;
using namespace vmodem::ufs;

namespace {

// Files of this process end at `size_max` while it lives, as on a full disk.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t size_max) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &saved_) == 0);
    const rlimit limit{size_max, saved_.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &limit) == 0);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &saved_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit saved_{};
  void (*handler_)(int);
};

}  // namespace

TEST_CASE("a durable file is created and replaced, and nothing is left beside it") {
  const TemporaryDirectory directory;
  const auto path = directory.path() / "settings.toml";
  REQUIRE(replace_file_durably(path, as_bytes("old and long")));
  REQUIRE(replace_file_durably(path, as_bytes("new")));
  CHECK(directory.content_of("settings.toml") == "new");
  CHECK(directory.entry_count() == 1);
}

TEST_CASE("a full disk leaves the old file whole and no temporary") {
  const TemporaryDirectory directory;
  const auto path = directory.path() / "a";
  REQUIRE(replace_file_durably(path, as_bytes("old")));
  std::optional<Error> error;
  {
    const FileSizeLimit limit(1000);
    error = error_of(replace_file_durably(path, Bytes(1001, 'x')));
  }
  CHECK(error == Error::kNoSpace);
  CHECK(directory.content_of("a") == "old");
  CHECK(directory.entry_count() == 1);
}

TEST_CASE("a stale temporary, even a link, does not get in the way of a durable file") {
  const TemporaryDirectory directory;
  const TemporaryDirectory outside;
  outside.drop("victim", "untouched");
  std::filesystem::create_symlink(outside.path() / "victim", directory.path() / ".vmodem-tmp.a");
  REQUIRE(replace_file_durably(directory.path() / "a", as_bytes("new")));
  CHECK(directory.content_of("a") == "new");
  CHECK(outside.content_of("victim") == "untouched");
  CHECK(directory.entry_count() == 1);
}

TEST_CASE("a durable file needs a directory and a name") {
  const TemporaryDirectory directory;
  CHECK(error_of(replace_file_durably(directory.path() / "no" / "a", {})) == Error::kIo);
  CHECK(error_of(replace_file_durably(directory.path() / "", {})) == Error::kIo);
  CHECK(error_of(replace_file_durably(directory.path(), {})) == Error::kIo);
  CHECK(directory.entry_count() == 0);
}
