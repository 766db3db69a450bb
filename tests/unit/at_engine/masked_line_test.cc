#include "at_engine/masked_line.h"

#include "tests/support/catch.h"

using namespace vmodem::at;

namespace {

constexpr TextParam kPin{"pin", {.bare = Bare::kDigits, .is_secret = true}};
constexpr TextParam kUser{"user", {}};
constexpr TextParam kPassword{"password", {.is_secret = true}};
constexpr IntParam<> kNumber{"n", 0, 9};
constexpr CommandSpec kRows[] = {
    {.name = "+CFG", .keyword = "open", .write = {kNumber, kUser}},
    {.name = "+CFG", .keyword = "secret", .write = {kNumber, kPassword}},
    {.name = "+PIN", .write = {kPin, kPin}, .optional = 1},
    {.name = "+USER", .write = {kNumber, kUser, kPassword, kNumber}},
};
constexpr std::span<const CommandSpec> kFamilies[] = {kRows};

std::string masked(std::string_view line) {
  static const CommandTable table{kFamilies};
  return masked_line(line, table);
}

}  // namespace

TEST_CASE("an argument that stands where a secret belongs is masked, the others are shown") {
  CHECK(masked("+PIN=1234") == "+PIN=…");
  CHECK(masked("+pin=\"12,34\",5678") == "+pin=…,…");
  CHECK(masked("+USER=1,\"u;,\",\"p;,\",2") == "+USER=1,\"u;,\",…,2");
  CHECK(masked("E0+PIN=1234;+USER=1,\"u\",,2;+PIN?") == "E0+PIN=…;+USER=1,\"u\",,2;+PIN?");
  CHECK(masked("+CFG=\"secret\",1,\"p\"") == "+CFG=\"secret\",1,…");
}

TEST_CASE("what is mistyped shows no more than what is right") {
  CHECK(masked("+PINN=1234,5") == "+PINN=…");
  CHECK(masked("+PIN=1234,5678,9") == "+PIN=…,…,…");
  CHECK(masked("+USER=1,\"u\",\"p") == "+USER=1,\"u\",…");
  CHECK(masked("+PIN 1234") == "+PIN…");
  CHECK(masked("+PIN?1234;+USER=1") == "+PIN…");
  CHECK(masked("?1234") == "…");
}

TEST_CASE("a line without secrets is shown as it was typed") {
  for (const auto* line :
       {"", "E0", " +user=1, \"a b\" ; +PIN=?", "S3=13", "D112;", "+USER", "+PIN="}) {
    CHECK(masked(line) == line);
  }
}
