#include "net/routes.h"

#include <fmt/format.h>

#include <ctime>

#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::net;

namespace {

std::string found(const Routes& routes, std::string_view host, std::uint16_t port) {
  const auto endpoint = routes.find(host, port);
  return endpoint ? to_string(*endpoint) : "none";
}

}  // namespace

TEST_CASE("each form of FROM is found by the host and port that it names") {
  struct Row {
    const char* from;
    const char* host;
    int port;
    bool is_any_port;
  };
  const auto row =
      GENERATE(Row{"coap.me", "coap.me", 5683, true}, Row{"coap.me:5683", "coap.me", 5683, false},
               Row{"220.180.239.212", "220.180.239.212", 8028, true},
               Row{"220.180.239.212:8028", "220.180.239.212", 8028, false},
               Row{"2001:db8::1", "2001:db8::1", 5684, true},
               Row{"[2001:db8::1]", "2001:db8::1", 5684, true},
               Row{"[2001:db8::1]:5684", "2001:db8::1", 5684, false});
  CAPTURE(row.from);
  Routes routes;
  REQUIRE(routes.add(row.from, "127.0.0.1:1"));
  CHECK(found(routes, row.host, static_cast<std::uint16_t>(row.port)) == "127.0.0.1:1");
  CHECK(found(routes, row.host, 9) == (row.is_any_port ? "127.0.0.1:1" : "none"));
  CHECK(found(routes, "another.host", static_cast<std::uint16_t>(row.port)) == "none");
}

TEST_CASE("a route for host and port wins over one for the host, in any order") {
  Routes routes;
  if (GENERATE(true, false)) {
    REQUIRE(routes.add("coap.me:5684=127.0.0.1:2"));
    REQUIRE(routes.add("coap.me=127.0.0.1:1"));
  } else {
    REQUIRE(routes.add("coap.me=127.0.0.1:1"));
    REQUIRE(routes.add("coap.me:5684=127.0.0.1:2"));
  }
  CHECK(found(routes, "coap.me", 5684) == "127.0.0.1:2");
  CHECK(found(routes, "coap.me", 5683) == "127.0.0.1:1");
}

TEST_CASE("names match in any case and addresses in any spelling") {
  Routes routes;
  REQUIRE(routes.add("Coap.ME=127.0.0.1:1"));
  REQUIRE(routes.add("[2001:DB8:0::1]:7=[::1]:2"));
  CHECK(found(routes, "cOAP.me", 5) == "127.0.0.1:1");
  CHECK(found(routes, "2001:db8::1", 7) == "[::1]:2");
}

TEST_CASE("the same FROM again replaces the route") {
  Routes routes;
  REQUIRE(routes.add("coap.me=127.0.0.1:1"));
  REQUIRE(routes.add("COAP.me=127.0.0.1:2"));
  CHECK(found(routes, "coap.me", 5683) == "127.0.0.1:2");
}

TEST_CASE("a table without routes finds nothing") {
  const Routes routes;
  CHECK(routes.is_empty());
  CHECK(found(routes, "coap.me", 5683) == "none");
}

TEST_CASE("a route that cannot be read says what is wrong and what would be right") {
  struct Row {
    const char* text;
    const char* wrong;
    const char* right_begins;
  };
  const auto row = GENERATE(
      Row{"coap.me", "\"coap.me\" has no \"=\"", "FROM=TO"},
      Row{"=127.0.0.1:1", "\"\" is neither a name nor an address", "a name or an address"},
      Row{"a b=127.0.0.1:1", "\"a b\" is neither a name nor an address", "a name or an address"},
      Row{"300.1.1.1=127.0.0.1:1", "\"300.1.1.1\" is neither a name nor an address", "a name or"},
      Row{"[::1=127.0.0.1:1", "\"[::1\" is neither a name nor an address", "a name or an address"},
      Row{"[1.2.3.4]=127.0.0.1:1", "\"[1.2.3.4]\" is neither a name nor an address", "a name or"},
      Row{"[::1]x=127.0.0.1:1", "\"[::1]x\" is neither a name nor an address", "a name or"},
      Row{"coap.me:0=127.0.0.1:1", "\"coap.me:0\" does not end in a port of 1–65535", "a name or"},
      Row{"coap.me:=127.0.0.1:1", "\"coap.me:\" does not end in a port of 1–65535", "a name or"},
      Row{"coap.me=127.0.0.1", "\"127.0.0.1\" has no port", "an address and a port"},
      Row{"coap.me=localhost:1", "\"localhost:1\" does not begin with an IP address",
          "an address and a port"});
  Routes routes;
  const auto added = routes.add(row.text);
  REQUIRE_FALSE(added);
  CHECK(added.error().wrong == row.wrong);
  CHECK(added.error().right.rfind(row.right_begins, 0) == 0);
  CHECK(routes.is_empty());
}

TEST_CASE("a route is there however its source is written") {
  Routes routes;
  REQUIRE(routes.add("coap.me=127.0.0.1:1"));
  REQUIRE(routes.add("[2001:DB8:0::1]:7=[::1]:2"));
  CHECK(routes.has("COAP.me"));
  CHECK(routes.has("[2001:db8::1]:7"));
  CHECK_FALSE(routes.has("coap.me:5683"));
  CHECK_FALSE(routes.has("2001:db8::1"));
  CHECK_FALSE(routes.has("[coap.me"));
}

TEST_CASE("ten times as many routes take ten times as long, not a hundred times") {
  Routes routes;
  const auto begin = std::clock();
  for (int i = 0; i < 60'000; ++i) REQUIRE(routes.add(fmt::format("h{}", i), "127.0.0.1:1"));
  // Quadratic it is minutes.
  CHECK(std::clock() - begin < 10 * CLOCKS_PER_SEC);
  CHECK(found(routes, "h59999", 5683) == "127.0.0.1:1");
}
