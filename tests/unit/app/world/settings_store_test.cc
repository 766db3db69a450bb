#include "firmware/app/world/settings_store.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <fstream>

#include "firmware/base/random.h"
#include "tests/support/catch.h"
#include "tests/unit/app/support/folder.h"
#include "tests/unit/app/support/generation.h"
#include "tests/unit/app/support/process.h"

using namespace vmodem;
using namespace vmodem::app;
using namespace vmodem::test;

namespace {

constexpr int kRounds = 250;
constexpr std::uint64_t kSeed = 20'221'122;

void spin_for(std::chrono::microseconds span) {
  const auto end = std::chrono::steady_clock::now() + span;
  while (std::chrono::steady_clock::now() < end) continue;
}

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
