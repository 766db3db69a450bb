// Sharing the cases: shard 2/4 plays every fourth case from the second on, and all four play all.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/expected.h"
#include "tools/conform/language/captures.h"

namespace vmodem::conform {

struct Shard {
  std::size_t index = 1;  // 1…count
  std::size_t count = 1;
};

// The value of a variable of the environment, or nothing.
using Environment = std::function<std::optional<std::string>(std::string_view)>;

// "2/4", or "auto": what Slurm, Kubernetes, GitLab or Buildkite tell their jobs.
[[nodiscard]] Expected<Shard, Fault> parse_shard(std::string_view text,
                                                 const Environment& environment);
[[nodiscard]] std::vector<std::string> files_of(Shard shard, const std::vector<std::string>& files);

}  // namespace vmodem::conform
