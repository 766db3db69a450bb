#include "at_engine/arguments.h"
#include "tests/support/catch.h"

namespace vmodem::at {
namespace {

constexpr WordParam kKind{"kind", {"off", "pulse", "always"}};
constexpr IntParam<> kTime{"time", 1, 9};
constexpr ParamList kParams{kKind, kTime};

TEST_CASE("A word shows its choices") {
  CHECK(kKind.to_test_text() == "(\"off\",\"pulse\",\"always\")");
}

TEST_CASE("A word is taken in either case and read back as it is declared") {
  const auto arguments = Arguments::parse("\"PuLsE\",1", kParams, 0);
  REQUIRE(arguments.has_value());
  CHECK(arguments->get(kKind) == "pulse");
}

TEST_CASE("Only the whole words of the list are taken, and quoted") {
  CHECK(Arguments::parse("\"auto\",1", kParams, 0).error() == ParseError::kRange);
  CHECK(Arguments::parse("\"puls\",1", kParams, 0).error() == ParseError::kRange);
  CHECK(Arguments::parse("\"\",1", kParams, 0).error() == ParseError::kRange);
  CHECK(Arguments::parse("off,1", kParams, 0).error() == ParseError::kType);
  CHECK(Arguments::parse("1,1", kParams, 0).error() == ParseError::kType);
}

}  // namespace
}  // namespace vmodem::at
