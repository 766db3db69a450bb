#include "tools/conform/shard.h"

#include <algorithm>
#include <map>

#include "tests/support/catch.h"

namespace vmodem::conform {
namespace {

using Files = std::vector<std::string>;

const Files kFiles{"a", "b", "c", "d", "e"};

TEST_CASE("a shard is every so many files from its own number on") {
  CHECK(files_of({.index = 1, .count = 1}, kFiles) == kFiles);
  CHECK(files_of({.index = 1, .count = 2}, kFiles) == Files{"a", "c", "e"});
  CHECK(files_of({.index = 2, .count = 2}, kFiles) == Files{"b", "d"});
}

TEST_CASE("the shards together are every file once, also where they are more than the files") {
  for (std::size_t count = 1; count <= kFiles.size() + 2; ++count) {
    CAPTURE(count);
    Files together;
    for (std::size_t index = 1; index <= count; ++index) {
      const auto own = files_of({.index = index, .count = count}, kFiles);
      together.insert(together.end(), own.begin(), own.end());
    }
    std::ranges::sort(together);
    CHECK(together == kFiles);
  }
}

Environment environment(std::map<std::string, std::string> variables) {
  return [variables = std::move(variables)](std::string_view name) -> std::optional<std::string> {
    const auto found = variables.find(std::string(name));
    if (found == variables.end()) return std::nullopt;
    return found->second;
  };
}

TEST_CASE("a shard is written as its index and their count, or is what the scheduler says") {
  using Variables = std::map<std::string, std::string>;
  struct Row {
    std::string text;
    Variables variables;
    std::size_t index;
    std::size_t count;
  };
  const auto row = GENERATE(
      Row{"2/13", {}, 2, 13},
      Row{"auto",
          {{"SLURM_ARRAY_TASK_ID", "5"},
           {"SLURM_ARRAY_TASK_COUNT", "4"},
           {"SLURM_ARRAY_TASK_MIN", "3"}},
          3,
          4},
      Row{"auto", {{"SLURM_ARRAY_TASK_ID", "0"}, {"SLURM_ARRAY_TASK_COUNT", "4"}}, 1, 4},
      Row{"auto", {{"JOB_COMPLETION_INDEX", "1"}, {"JOB_COMPLETIONS", "2"}}, 2, 2},
      Row{"auto", {{"CI_NODE_INDEX", "1"}, {"CI_NODE_TOTAL", "3"}}, 1, 3},
      Row{"auto", {{"BUILDKITE_PARALLEL_JOB", "0"}, {"BUILDKITE_PARALLEL_JOB_COUNT", "1"}}, 1, 1});
  const auto shard = parse_shard(row.text, environment(row.variables));
  REQUIRE(shard);
  CHECK(shard->index == row.index);
  CHECK(shard->count == row.count);
}

TEST_CASE("a shard that there is not is refused with what would be right") {
  for (const auto* text : {"", "1", "/", "1/", "/2", "0/2", "3/2", "0/0", "-1/2", "1/2/3", "1 /2",
                           "a/b", "1/99999999999999999999999"}) {
    CAPTURE(text);
    const auto shard = parse_shard(text, environment({}));
    REQUIRE_FALSE(shard);
    CHECK(shard.error().right == "I/N with I from 1 to N, as 2/4; or auto");
  }
  CHECK_FALSE(parse_shard("auto", environment({})));
  CHECK_FALSE(parse_shard("auto", environment({{"CI_NODE_INDEX", "1"}})));
  CHECK_FALSE(parse_shard("auto", environment({{"CI_NODE_INDEX", "0"}, {"CI_NODE_TOTAL", "3"}})));
  CHECK_FALSE(parse_shard("auto", environment({{"CI_NODE_INDEX", "4"}, {"CI_NODE_TOTAL", "3"}})));
}

}  // namespace
}  // namespace vmodem::conform
