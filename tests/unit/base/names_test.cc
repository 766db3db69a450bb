#include "firmware/base/names.h"

#include <array>

#include "tests/support/catch.h"

using namespace vmodem;

namespace {

constexpr std::array<std::string_view, 4> kNames{"dialect.nstart", "log.level", "log.file", "seed"};

}  // namespace

TEST_CASE("the two nearest names are told, the nearest first") {
  CHECK(did_you_mean("log.lvel", kNames) == " (did you mean \"log.level\" or \"log.file\"?)");
  CHECK(did_you_mean("LOG.FIEL", kNames) == " (did you mean \"log.file\" or \"log.level\"?)");
  CHECK(
      did_you_mean("nstart", kNames, "x.").starts_with(" (did you mean \"x.dialect.nstart\" or "));
}

TEST_CASE("one name is told alone, none not at all") {
  CHECK(did_you_mean("x", std::array<std::string_view, 1>{"y"}) == " (did you mean \"y\"?)");
  CHECK(did_you_mean("x", {}).empty());
}

TEST_CASE("a text of megabytes is compared by its beginning") {
  CHECK(did_you_mean(std::string(4 << 20, 's'), kNames).starts_with(" (did you mean "));
}
