#include "ufs/file_name.h"

#include "tests/support/catch.h"
#include "tests/unit/ufs/fixture.h"

using namespace vmodem;
using namespace vmodem::ufs;

namespace {

std::optional<Error> refusal(std::string_view text) {
  return error_of(FileName::parse(text));
}

}  // namespace

TEST_CASE("the storage prefix may be left out") {
  CHECK(named("UFS:0_server.psk") == named("0_server.psk"));
  CHECK(named("UFS:0_server.psk").text() == "0_server.psk");
}

TEST_CASE("names differ by case") {
  CHECK(named("A.txt") != named("a.txt"));
}

TEST_CASE("a name has 1 to 80 bytes without its prefix") {
  const std::string longest(80, 'n');
  CHECK(named(longest).text() == longest);
  CHECK(named("UFS:" + longest).text() == longest);
  CHECK(refusal(longest + "n") == Error::kInvalidName);
  CHECK(refusal("UFS:" + longest + "n") == Error::kInvalidName);
  CHECK(refusal("") == Error::kInvalidName);
  CHECK(refusal("UFS:") == Error::kInvalidName);
}

TEST_CASE("no name leads out of the store") {
  for (const auto* text : {".", "..", "../x", "a/b", "/", "/etc/passwd", "x/..", "UFS:..", "UFS:.",
                           "UFS:../x", "UFS:/x"}) {
    CAPTURE(text);
    CHECK(refusal(text) == Error::kInvalidName);
  }
}

TEST_CASE("no name holds a pattern, a quote or a control character") {
  for (const auto text : {std::string_view("*"), std::string_view("a*"), std::string_view("a\"b"),
                          std::string_view("a\0b", 3), std::string_view("\0", 1),
                          std::string_view("a\r\nOK"), std::string_view("a\x7F")}) {
    CAPTURE(text);
    CHECK(refusal(text) == Error::kInvalidName);
  }
}

TEST_CASE("one name in two storages is two files") {
  CHECK(named("EUFS:x") != named("x"));
  CHECK(named("EUFS:x").storage() == Storage::kExtended);
  CHECK(named("UFS:x").storage() == Storage::kUser);
  CHECK(named("EUFS:x").text() == "x");
  CHECK(named("EUFS:x").spelling() == "EUFS:x");
  CHECK(named("UFS:x").spelling() == "x");
  CHECK(named("z") < named("EUFS:a"));
}

TEST_CASE("datatx is another directory of the extended storage") {
  CHECK(named("EUFS:/datatx/x") != named("EUFS:x"));
  CHECK(named("EUFS:/datatx/x").storage() == Storage::kExtendedDatatx);
  CHECK(named("EUFS:/datatx/x").text() == "x");
  CHECK(named("EUFS:/datatx/x").spelling() == "EUFS:/datatx/x");
}

TEST_CASE("the extended storage has the rules of the other one, and one directory") {
  const std::string longest(80, 'n');
  CHECK(named("EUFS:" + longest).text() == longest);
  CHECK(named("EUFS:/ufs/x") == named("EUFS:x"));
  for (const auto& text :
       {"EUFS:" + longest + "n", std::string("EUFS:"), std::string("EUFS:/ufs/"),
        std::string("EUFS:.."), std::string("EUFS:/ufs/.."), std::string("EUFS:/datatx/"),
        std::string("EUFS:/other/x"),
        std::string("EUFS:a/b"), std::string("EUFS:*"), std::string("EUFS:UFS:x")}) {
    CAPTURE(text);
    CHECK(refusal(text) == Error::kInvalidName);
  }
}

TEST_CASE("there are no further storages") {
  for (const auto* text : {"SD:x", "ufs:x", "eufs:x", ":x", "UFS:UFS:x", "UFS:EUFS:x"}) {
    CAPTURE(text);
    CHECK(refusal(text) == Error::kInvalidName);
  }
}

TEST_CASE("names may look odd") {
  for (const auto* text : {"...", ".hidden", "a b", " ", "100%", "%2E%2E", "..x", "a\\b", "~",
                           "schl\xC3\xBCssel.psk", "\xFF", "-rf"}) {
    CAPTURE(text);
    CHECK(named(text).text() == text);
  }
}
