#include "net/network_policy.h"

#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::net;

TEST_CASE("loopback mode reaches loopback addresses and host mode all of one host") {
  struct Row {
    NetworkMode mode;
    const char* target;
    bool is_reached;
  };
  const auto row = GENERATE(Row{NetworkMode::kLoopback, "127.0.0.1:5683", true},
                            Row{NetworkMode::kLoopback, "127.9.9.9:5683", true},
                            Row{NetworkMode::kLoopback, "[::1]:5683", true},
                            Row{NetworkMode::kLoopback, "0.0.0.0:5683", false},
                            Row{NetworkMode::kLoopback, "192.168.0.1:5683", false},
                            Row{NetworkMode::kLoopback, "[fe80::1]:5683", false},
                            Row{NetworkMode::kLoopback, "[::ffff:8.8.8.8]:5683", false},
                            Row{NetworkMode::kHost, "192.168.0.1:5683", true},
                            Row{NetworkMode::kHost, "127.0.0.1:5683", true},
                            Row{NetworkMode::kHost, "[2001:db8::1]:5683", true},
                            Row{NetworkMode::kHost, "0.0.0.0:5683", false},
                            Row{NetworkMode::kHost, "255.255.255.255:5683", false},
                            Row{NetworkMode::kHost, "223.255.255.255:5683", true},
                            Row{NetworkMode::kHost, "224.0.0.0:5683", false},
                            Row{NetworkMode::kHost, "239.255.255.255:5683", false},
                            Row{NetworkMode::kHost, "240.0.0.1:5683", true},
                            Row{NetworkMode::kHost, "[::]:5683", false},
                            Row{NetworkMode::kHost, "[ff02::fd]:5683", false},
                            Row{NetworkMode::kHost, "[::ffff:224.0.1.187]:5683", false});
  CAPTURE(row.target);
  const NetworkPolicy policy(row.mode, Routes{});
  CHECK(policy.refusal(*parse_endpoint(row.target)).has_value() == !row.is_reached);
}

TEST_CASE("a refusal names the address and both ways to reach it") {
  const NetworkPolicy policy(NetworkMode::kLoopback, Routes{});
  CHECK(*policy.refusal(*parse_endpoint("220.180.239.212:8028")) ==
        "220.180.239.212:8028 is beyond loopback and no route leads there "
        "(--route 220.180.239.212:8028=ADDRESS:PORT or --network host reaches it)");
}

TEST_CASE("a route is found whatever the mode and wherever it leads") {
  Routes routes;
  REQUIRE(routes.add("coap.me=203.0.113.1:5683"));
  const NetworkPolicy policy(NetworkMode::kLoopback, routes);
  CHECK(policy.find_route("coap.me", 1) == *parse_endpoint("203.0.113.1:5683"));
  CHECK_FALSE(policy.find_route("coap.example", 1));
}
