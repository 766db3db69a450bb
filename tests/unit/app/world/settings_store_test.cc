#include "firmware/app/world/settings_store.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>

#include "firmware/base/check.h"
#include "firmware/base/random.h"
#include "tests/support/catch.h"
#include "tests/unit/app/support/folder.h"
#include "tests/unit/app/support/generation.h"
#include "tests/unit/app/support/process.h"

using namespace vmodem;
using namespace vmodem::app;
using namespace vmodem::test;

namespace fs = std::filesystem;

namespace {

constexpr int kRounds = 250;
constexpr std::uint64_t kSeed = 20'221'122;

void spin_for(std::chrono::microseconds span) {
  const auto end = std::chrono::steady_clock::now() + span;
  while (std::chrono::steady_clock::now() < end) continue;
}

// While it lives, this process has the rights of nobody; where it has no more already, it keeps
// them.
class Nobody {
 public:
  Nobody() { is_root_ = ::geteuid() == 0 && ::seteuid(kNobody) == 0; }
  ~Nobody() {
    if (is_root_) BG_CHECK(::seteuid(0) == 0, "the real user is still root");
  }
  Nobody(const Nobody&) = delete;
  Nobody& operator=(const Nobody&) = delete;

 private:
  static constexpr ::uid_t kNobody = 65534;
  bool is_root_ = false;
};

// How many generations the writer acknowledged before it was killed at a random moment.
int run_and_kill(const std::string& directory, SeededRandom& random) {
  const auto awaited = static_cast<int>(random.below(RandomStream::kFault, 12));
  const std::chrono::microseconds jitter(random.below(RandomStream::kFault, 1500));
  Process writer(SETTINGS_WRITER, {directory});
  writer.read_output_line();
  for (int i = 0; i < awaited; ++i) writer.read_output_line();
  spin_for(jitter);
  writer.signal(SIGKILL);
  REQUIRE(writer.wait() == 128 + SIGKILL);
  const auto rest = writer.read_output();
  return awaited + static_cast<int>(std::ranges::count(rest, '\n'));
}

}  // namespace

TEST_CASE("what was saved is there when the directory is opened again") {
  const Folder folder;
  const auto directory = folder.file("state");
  {
    const auto store = DirectoryNvStore::open(directory).value();
    CHECK(store->load().empty());
    CHECK(store->save("a=1\n"));
    CHECK(store->load() == "a=1\n");
    CHECK(store->save("a=2\n"));
  }
  CHECK(DirectoryNvStore::open(directory).value()->load() == "a=2\n");
}

TEST_CASE("a state directory serves one program at a time and says so") {
  const Folder folder;
  const auto first = DirectoryNvStore::open(folder.file("state")).value();
  const auto second = DirectoryNvStore::open(folder.file("state"));
  REQUIRE_FALSE(second);
  CHECK(second.error().find(folder.file("state")) != std::string::npos);
  CHECK(second.error().find("another process has locked it") != std::string::npos);
}

TEST_CASE("a state directory that cannot be made is named with the cause") {
  const auto store = DirectoryNvStore::open("/no/such/state");
  REQUIRE_FALSE(store);
  CHECK(store.error().find("/no/such/state") != std::string::npos);
  CHECK(store.error().find("No such file or directory") != std::string::npos);
}

TEST_CASE("a state directory that may not be made is told with that cause") {
  const Folder folder;
  fs::permissions(folder.file(""), fs::perms::owner_read | fs::perms::owner_exec |
                                       fs::perms::others_read | fs::perms::others_exec);
  const Nobody nobody;
  const auto store = DirectoryNvStore::open(folder.file("state"));
  REQUIRE_FALSE(store);
  CHECK(store.error().find("Permission denied") != std::string::npos);
}

TEST_CASE("what is no settings is refused with its reason, and taken over by a new module") {
  struct Row {
    void (*make)(const fs::path&);
    const char* why;
  };
  const auto row = GENERATE(
      Row{[](const fs::path& path) { fs::create_symlink("/dev/null", path); }, "a symbolic link"},
      Row{[](const fs::path& path) { ::mkfifo(path.c_str(), 0600); }, "no plain file"},
      Row{[](const fs::path& path) { std::ofstream(path) << "garbage\n"; }, "something else"},
      Row{[](const fs::path& path) { std::ofstream(path) << "a=1"; }, "something else"},
      Row{[](const fs::path& path) {
            std::ofstream file(path);
            fs::resize_file(path, std::uintmax_t{1} << 40);
          },
          "larger than 1 MiB"});
  const Folder folder;
  const auto directory = folder.file("state");
  fs::create_directory(directory);
  const auto settings = fs::path(directory) / "settings";
  row.make(settings);
  {
    const auto refused = DirectoryNvStore::open(directory);
    REQUIRE_FALSE(refused);
    CAPTURE(refused.error());
    CHECK(refused.error().find(settings.string() + " ") == 0);
    CHECK(refused.error().find(row.why) != std::string::npos);
    CHECK(refused.error().find("--new") != std::string::npos);
    const auto store = DirectoryNvStore::open(directory, true).value();
    CHECK(store->load().empty());
    CHECK(store->save("a=1\n"));
  }
  CHECK(DirectoryNvStore::open(directory).value()->load() == "a=1\n");
}

TEST_CASE("a directory in the place of the settings is refused by a new module too") {
  const Folder folder;
  const auto directory = folder.file("state");
  fs::create_directories(directory + "/settings");
  for (const bool is_new : {false, true}) {
    const auto store = DirectoryNvStore::open(directory, is_new);
    REQUIRE_FALSE(store);
    CHECK(store.error().find("settings is a directory: move it away") != std::string::npos);
  }
}

TEST_CASE("a save that fails is told and leaves what was saved before") {
  const Folder folder;
  const auto directory = folder.file("state");
  const auto store = DirectoryNvStore::open(directory).value();
  REQUIRE(store->save("a=1\n"));
  std::filesystem::remove(directory + "/settings");
  std::filesystem::create_directory(directory + "/settings");
  CHECK_FALSE(store->save("a=2\n"));
  CHECK(store->load() == "a=1\n");
}

TEST_CASE("kill -9 at any moment leaves the settings of one save and loses none acknowledged") {
  const Folder folder;
  const auto directory = folder.file("state");
  SeededRandom random(kSeed);
  int start = 0;
  for (int round = 0; round < kRounds; ++round) {
    CAPTURE(round, kSeed, start);
    const int acknowledged = run_and_kill(directory, random);

    const auto store = DirectoryNvStore::open(directory);
    REQUIRE(store);
    const auto generation = generation_of(firmware::SavedSettings(**store));
    REQUIRE(generation);
    CHECK(*generation >= start + acknowledged);
    CHECK(*generation <= start + acknowledged + 1);
    start = *generation;
  }
  CHECK(start > kRounds);
}
