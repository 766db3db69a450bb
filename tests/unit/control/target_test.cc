#include "firmware/control/target.h"

#include "tests/support/catch.h"

using namespace vmodem::control;

TEST_CASE("a target is a path and its parameters, decoded") {
  const auto target = parse_target("/servers/%5B::1%5D:5683/resources/a%20b?since=5&kind=a%2Cb&x");
  REQUIRE(target);
  CHECK(target->path == "/servers/[::1]:5683/resources/a b");
  CHECK(target->query ==
        std::map<std::string, std::string>{{"since", "5"}, {"kind", "a,b"}, {"x", ""}});
}

TEST_CASE("a whole URL is its path") {
  CHECK(parse_target("http://localhost/state")->path == "/state");
  CHECK(parse_target("http://localhost")->path == "/");
}

TEST_CASE("what is no path, is escaped wrongly or says a thing twice is no target") {
  for (const char* text : {"", "*", "state", "localhost:80", "/%", "/%4", "/%zz", "/a%00b",
                           "/?a=%4", "/?a=1&a=2", "/?%00=1"}) {
    INFO(text);
    CHECK_FALSE(parse_target(text));
  }
}
