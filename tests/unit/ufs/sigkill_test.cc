// kill -9 at random moments: every file stays whole, old or new, and nothing acknowledged is lost.
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <map>

#include "tests/support/catch.h"
#include "tests/unit/ufs/fixture.h"
#include "tests/unit/ufs/script.h"
#include "ufs/directory/store.h"
#include "ufs/memory_store.h"

using namespace vmodem;
using namespace vmodem::ufs;

namespace {

constexpr int kRounds = 300;
constexpr std::uint64_t kFirstSeed = 20'210'304;

using Contents = std::map<std::string, Bytes>;

Contents contents_of(const Store& store) {
  Contents contents;
  const auto files = store.list(1000).value();
  for (const auto& file : files) {
    contents[file.name.text()] = store.read(file.name, 0, file.size).value();
  }
  return contents;
}

class Writer {
 public:
  Writer(const std::filesystem::path& directory, std::uint64_t seed) {
    int ends[2];
    REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    auto program = std::string(UFS_WRITER);
    auto path = directory.string();
    auto number = std::to_string(seed);
    char* const arguments[] = {program.data(), path.data(), number.data(), nullptr};
    REQUIRE(::posix_spawn(&pid_, UFS_WRITER, &actions, nullptr, arguments, environ) == 0);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    acknowledgements_ = ends[0];
  }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  ~Writer() { ::close(acknowledgements_); }

  // Waits for `count` more acknowledgements; fewer come from a writer that has ended.
  std::size_t wait_for(std::size_t count) const {
    std::size_t done = 0;
    char octet = 0;
    while (done < count && ::read(acknowledgements_, &octet, 1) == 1) ++done;
    return done;
  }
  void kill_and_reap() const {
    REQUIRE(::kill(pid_, SIGKILL) == 0);
    int status = 0;
    REQUIRE(::waitpid(pid_, &status, 0) == pid_);
    REQUIRE(WIFSIGNALED(status));
    REQUIRE(WTERMSIG(status) == SIGKILL);
  }

 private:
  pid_t pid_ = -1;
  int acknowledgements_ = -1;
};

void spin_for(std::chrono::microseconds span) {
  const auto end = std::chrono::steady_clock::now() + span;
  while (std::chrono::steady_clock::now() < end) continue;
}

// How many operations the writer acknowledged before it was killed at a random moment.
std::size_t run_and_kill(const std::filesystem::path& directory, std::uint64_t seed) {
  SeededRandom random(seed);
  const auto awaited = random.below(RandomStream::kFault, 12);
  const std::chrono::microseconds jitter(random.below(RandomStream::kFault, 1500));
  const Writer writer(directory, seed);
  REQUIRE(writer.wait_for(1) == 1);
  auto acknowledged = writer.wait_for(awaited);
  spin_for(jitter);
  writer.kill_and_reap();
  acknowledged += writer.wait_for(SIZE_MAX);
  return acknowledged;
}

bool is_whole(const std::string& name, const Contents& now, const Contents& state) {
  const auto left = now.find(name);
  const auto expected = state.find(name);
  if (left == now.end() || expected == state.end()) {
    return left == now.end() && expected == state.end();
  }
  return left->second == expected->second;
}

// Every file of `now` is as before or as after the operation that was under way.
void check_whole(const Contents& now, const Contents& before, const Contents& after) {
  Contents all = now;
  all.insert(before.begin(), before.end());
  all.insert(after.begin(), after.end());
  for (const auto& [name, content] : all) {
    CAPTURE(name);
    CHECK((is_whole(name, now, before) || is_whole(name, now, after)));
  }
}

}  // namespace

TEST_CASE("kill -9 at any moment leaves every file whole and loses nothing acknowledged") {
  const TemporaryDirectory directory;
  Contents start;
  for (int round = 0; round < kRounds; ++round) {
    const auto seed = kFirstSeed + static_cast<std::uint64_t>(round);
    CAPTURE(round, seed);
    MemoryStore model;
    for (const auto& [name, content] : start) REQUIRE(model.write(named(name), content));
    FileSystem files(model);
    Script script(seed);

    const auto acknowledged = run_and_kill(directory.path(), seed);
    CAPTURE(acknowledged);
    for (std::size_t i = 0; i < acknowledged; ++i) script.perform_next(files);
    const auto before = contents_of(model);
    script.perform_next(files);
    const auto after = contents_of(model);

    const auto store = DirectoryStore::open(directory.path());
    REQUIRE(store);
    start = contents_of(**store);
    check_whole(start, before, after);
    REQUIRE(directory.entry_count() == start.size());
  }
}
