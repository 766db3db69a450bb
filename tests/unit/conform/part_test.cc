#include "tools/conform/part.h"

#include <algorithm>

#include "tests/support/catch.h"

namespace vmodem::conform {
namespace {

using Files = std::vector<std::string>;

const Files kFiles{"a", "b", "c", "d", "e"};

TEST_CASE("a part is every so many files from its own number on") {
  CHECK(files_of({.number = 1, .count = 1}, kFiles) == kFiles);
  CHECK(files_of({.number = 1, .count = 2}, kFiles) == Files{"a", "c", "e"});
  CHECK(files_of({.number = 2, .count = 2}, kFiles) == Files{"b", "d"});
}

TEST_CASE("the parts together are every file once, also where they are more than the files") {
  for (std::size_t count = 1; count <= kFiles.size() + 2; ++count) {
    CAPTURE(count);
    Files together;
    for (std::size_t number = 1; number <= count; ++number) {
      const auto own = files_of({.number = number, .count = count}, kFiles);
      together.insert(together.end(), own.begin(), own.end());
    }
    std::ranges::sort(together);
    CHECK(together == kFiles);
  }
}

TEST_CASE("a part is written as its number and their count") {
  const auto part = parse_part("2/13");
  REQUIRE(part);
  CHECK(part->number == 2);
  CHECK(part->count == 13);
}

TEST_CASE("a part that there is not is refused with what would be right") {
  for (const auto* text : {"", "1", "/", "1/", "/2", "0/2", "3/2", "0/0", "-1/2", "1/2/3", "1 /2",
                           "a/b", "1/99999999999999999999999"}) {
    CAPTURE(text);
    const auto part = parse_part(text);
    REQUIRE_FALSE(part);
    CHECK(part.error().right == "I/N with I from 1 to N, as 2/4");
  }
}

}  // namespace
}  // namespace vmodem::conform
