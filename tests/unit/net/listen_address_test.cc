#include "net/listen_address.h"

#include "tests/support/catch.h"

using namespace vmodem::net;

TEST_CASE("a listening address reads as it is written") {
  for (const std::string text :
       {"unix:/run/user/1000/vmodem/1", "unix:here", "tcp://127.0.0.1:8080", "tcp://127.0.0.2:0",
        "tcp://[::1]:65535"}) {
    const auto address = parse_listen_address(text);
    REQUIRE(address);
    CHECK(to_string(*address) == text);
  }
  CHECK(to_string(parse_listen_address("tcp://localhost:80").value()) == "tcp://127.0.0.1:80");
}

TEST_CASE("the address of a port for a host reads as it is written") {
  for (const std::string text :
       {"unix:/run/vmodem", "tcp://127.0.0.1:0", "rfc2217://127.0.0.1:4001", "rfc2217://[::1]:1"}) {
    const auto address = parse_host_port_address(text);
    REQUIRE(address);
    CHECK(to_string(*address) == text);
    CHECK(address->is_rfc2217 == text.starts_with("rfc2217"));
  }
  for (const std::string text : {"", "rfc2217:127.0.0.1:1", "rfc2217://0.0.0.0:1", "rfc2217://",
                                 "tcp://192.0.2.1:80", "http://127.0.0.1:80"}) {
    const auto address = parse_host_port_address(text);
    INFO(text);
    REQUIRE_FALSE(address);
    CHECK(address.error().right.find("rfc2217://HOST:PORT") != std::string::npos);
  }
}

TEST_CASE("nothing listens but on a name or on loopback, and it is said what would be right") {
  const auto long_path = "unix:/" + std::string(UnixAddress::kPathSizeMax, 'x');
  for (const std::string text :
       {"", "/run/vmodem", "unix:", "tcp:127.0.0.1:1", "tcp://", "tcp://127.0.0.1",
        "tcp://127.0.0.1:", "tcp://127.0.0.1:65536", "tcp://127.0.0.1:-1", "tcp://0.0.0.0:80",
        "tcp://192.0.2.1:80", "tcp://::1:80", "tcp://[127.0.0.1]:80", "tcp://[::]:80",
        "tcp://example.com:80", "http://127.0.0.1:80", long_path.c_str()}) {
    const auto address = parse_listen_address(text);
    INFO(text);
    REQUIRE_FALSE(address);
    CHECK(address.error().right.find("unix:PATH") == 0);
  }
}
