// The lines of a case as they are played: includes stand in their place, tables are unrolled, and
// names stand for what they mean.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/expected.h"
#include "tools/conform/language/captures.h"

namespace vmodem::conform {

struct ScriptError {
  std::size_t line;  // 0: the file as a whole
  Fault fault;
  std::string file{};  // an included one; empty: the case's own
};

struct SourceLine {
  std::string file;  // an included one; empty: the case's own
  std::size_t number;
  std::string text;
  std::size_t check;  // lines of one paragraph, or of one row of a table
  std::string title;  // of that check: its comment, or the row's values
};

struct Source {
  static constexpr std::size_t kLineCountMax = 200'000;
  static constexpr std::size_t kIncludeDepthMax = 8;

  std::vector<std::string> own;   // the file's lines as they stand there
  std::vector<SourceLine> lines;  // neither blank nor comments
  bool is_plain = true;           // without includes and tables: each line is played where it stands
};

// The text of an included file, by the path that the including one ("" for the case) gives.
struct Included {
  std::string file;  // as messages name it
  std::string text;
};
using Includer =
    std::function<Expected<Included, Fault>(const std::string& from, std::string_view path)>;

[[nodiscard]] Expected<Source, ScriptError> read_source(std::string_view text,
                                                        const Includer& includer);

}  // namespace vmodem::conform
