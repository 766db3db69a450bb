// The command line of vmodem-conform.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tools/conform/runner.h"
#include "tools/conform/selection.h"
#include "tools/conform/shard.h"
#include "tools/conform/way.h"

namespace vmodem::conform {

struct Options {
  std::string suite{};
  std::vector<std::string> paths{};
  Selection selection{};
  Way way{};
  Shard shard{};
  Order order{};
  std::size_t jobs = 0;  // 0: as many as suit the way
  bool lists = false;
  bool rewrites = false;
  bool json = false;
  std::string junit{};
  std::string html{};
  std::string markdown{};
};

// Either the options, or the status to exit with at once: 0 behind --help, 2 behind a mistake that
// has been told on standard error.
struct CommandLine {
  std::optional<Options> options;
  int status = 0;
};
[[nodiscard]] CommandLine parse_options(int argc, const char* const* argv);

}  // namespace vmodem::conform
