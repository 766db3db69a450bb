#include "net/serving/serving.h"

#include "net/sim/description/ready_worlds.h"
#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::net;

namespace {

Endpoint endpoint(std::string_view text) {
  return parse_endpoint(text).value();
}

const Endpoint kPlain = endpoint("198.51.100.7:5683");
const Endpoint kSecured = endpoint("198.51.100.7:5684");

}  // namespace

TEST_CASE("The servers of a host keep their distance from each other") {
  const auto world = sim::ready_world();
  const auto servings = serve_host(world, "coap.sim", endpoint("127.0.0.1:40000"));
  REQUIRE(servings.has_value());
  CHECK(*servings == std::vector<Serving>{{kPlain, endpoint("127.0.0.1:40000")},
                                          {kSecured, endpoint("127.0.0.1:40001")}});
}

TEST_CASE("A host of servers goes by its names in any case and by its address") {
  const auto world = sim::ready_world();
  const auto at = endpoint("[::1]:40000");
  const auto by_address = serve_host(world, "198.51.100.7", at);
  REQUIRE(by_address.has_value());
  CHECK(serve_host(world, "Coap.SIM", at).value() == *by_address);
}

TEST_CASE("The lowest port of a host is served at the port that is asked for") {
  const auto servings =
      serve_host(sim::ready_world(), "leshan.eclipseprojects.io", endpoint("127.0.0.1:1"));
  REQUIRE(servings.has_value());
  CHECK(*servings ==
        std::vector<Serving>{{endpoint("198.51.100.84:5684"), endpoint("127.0.0.1:1")}});
}

TEST_CASE("With port 0 each server has any port that is free") {
  const Endpoint at{parse_ip_address("127.0.0.1").value(), 0};
  const auto servings = serve_host(sim::ready_world(), "coap.sim", at);
  REQUIRE(servings.has_value());
  CHECK(*servings == std::vector<Serving>{{kPlain, at}, {kSecured, at}});
}

TEST_CASE("A host without servers is refused, and those that have some are named") {
  const auto refused = serve_host(sim::ready_world(), "ntp.sim", endpoint("127.0.0.1:40000"));
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().wrong == "no simulated server is at \"ntp.sim\"");
  CHECK(refused.error().right == "one of 220.180.239.212, leshan.eclipseprojects.io, coap.sim");
}

TEST_CASE("A port behind the last one is refused") {
  const auto refused = serve_host(sim::ready_world(), "coap.sim", endpoint("127.0.0.1:65535"));
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().wrong == "there is no port 65536 for 198.51.100.7:5684");
}
