// A table of a case: `each NAME | NAME`, and below it `| VALUE | VALUE`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/expected.h"
#include "tools/conform/language/names.h"

namespace vmodem::conform {

class Table {
 public:
  static constexpr std::size_t kRowCountMax = 65'536;

  // What stands behind `each`.
  [[nodiscard]] static Expected<Table, Fault> parse(std::string_view names);

  // What stands behind the first '|'. A value A..B is a row for each number; two of them are every
  // pair.
  [[nodiscard]] Expected<void, Fault> add_row(std::string_view values);

  [[nodiscard]] const std::vector<Names>& rows() const { return rows_; }
  // "client=0, answer=OK"
  [[nodiscard]] std::string title(const Names& row) const;

 private:
  std::vector<std::string> names_;
  std::vector<Names> rows_;
};

}  // namespace vmodem::conform
