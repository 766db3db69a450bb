#include "tools/conform/shard.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>

namespace vmodem::conform {
namespace {

constexpr std::size_t kCountMax = 1'000'000;

// What array jobs and parallel jobs of CI servers are told, and the number of the first.
struct Surroundings {
  std::string_view index;
  std::string_view count;
  std::string_view first_in;  // a variable; empty: `first` it is
  std::size_t first;
};
constexpr std::array<Surroundings, 4> kSurroundings{{
    {"SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT", "SLURM_ARRAY_TASK_MIN", 0},
    {"JOB_COMPLETION_INDEX", "JOB_COMPLETIONS", "", 0},  // Kubernetes, which tells the index only
    {"CI_NODE_INDEX", "CI_NODE_TOTAL", "", 1},           // GitLab
    {"BUILDKITE_PARALLEL_JOB", "BUILDKITE_PARALLEL_JOB_COUNT", "", 0},
}};

std::optional<std::size_t> parse_number(std::string_view text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number > kCountMax) {
    return std::nullopt;
  }
  return number;
}

std::optional<std::size_t> number_in(const Environment& environment, std::string_view name) {
  const auto text = environment(name);
  return text ? parse_number(*text) : std::nullopt;
}

Expected<Shard, Fault> from_environment(const Environment& environment) {
  std::string names;
  for (const auto& row : kSurroundings) {
    names += fmt::format("{}{}", names.empty() ? "" : ", ", row.index);
    if (!environment(row.index)) continue;
    const auto index = number_in(environment, row.index);
    const auto count = number_in(environment, row.count);
    const bool has_first = !row.first_in.empty() && environment(row.first_in);
    const auto first = has_first ? number_in(environment, row.first_in) : row.first;
    if (index && count && first && *index >= *first && *index - *first < *count) {
      return Shard{*index - *first + 1, *count};
    }
    return unexpected(Fault{fmt::format("'auto' by {} and {} is no shard", row.index, row.count),
                            "both of them numbers, the index below the count; or I/N"});
  }
  return unexpected(Fault{"'auto' where no scheduler says which", "I/N, or one of " + names});
}

}  // namespace

Expected<Shard, Fault> parse_shard(std::string_view text, const Environment& environment) {
  if (text == "auto") return from_environment(environment);
  const auto slash = std::min(text.find('/'), text.size());
  const auto index = parse_number(text.substr(0, slash));
  const auto count = parse_number(text.substr(std::min(slash + 1, text.size())));
  if (!index || !count || *index < 1 || *index > *count) {
    return unexpected(
        Fault{fmt::format("'{}' is no shard", text), "I/N with I from 1 to N, as 2/4; or auto"});
  }
  return Shard{*index, *count};
}

std::vector<std::string> files_of(Shard shard, const std::vector<std::string>& files) {
  std::vector<std::string> own;
  for (auto i = shard.index - 1; i < files.size(); i += shard.count) own.push_back(files[i]);
  return own;
}

}  // namespace vmodem::conform
