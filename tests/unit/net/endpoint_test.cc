#include "net/endpoint.h"

#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::net;

TEST_CASE("an address and a port are printed as they are read") {
  const auto* text = GENERATE("127.0.0.1:5683", "220.180.239.212:8028", "[::1]:1",
                              "[2001:db8::1]:65535", "0.0.0.0:1");
  const auto endpoint = parse_endpoint(text);
  REQUIRE(endpoint);
  CHECK(to_string(*endpoint) == text);
}

TEST_CASE("every spelling of one address is equal and printed in its shortest form") {
  CHECK(parse_ip_address("2001:DB8:0:0:0:0:0:1") == parse_ip_address("2001:db8::1"));
  CHECK(to_string(*parse_ip_address("2001:DB8:0:0:0:0:0:1")) == "2001:db8::1");
  CHECK(parse_ip_address("::ffff:10.0.0.1") == parse_ip_address("10.0.0.1"));
  CHECK(to_string(*parse_ip_address("::ffff:10.0.0.1")) == "10.0.0.1");
}

TEST_CASE("what is not four numbers or IPv6 is no address") {
  const auto* text = GENERATE("", "localhost", "127.1", "127.0.0.256", "127.0.0.1 ", "1.2.3.4.5",
                              "[::1]", "::1%lo", "0x7f.0.0.1", ":::");
  CAPTURE(text);
  CHECK_FALSE(parse_ip_address(text));
}

TEST_CASE("a port is 1 to 65535 in decimal") {
  CHECK(parse_port("1") == 1);
  CHECK(parse_port("65535") == 65535);
  const auto* text = GENERATE("", "0", "65536", "-1", "+1", " 1", "1 ", "1x", "0x10");
  CAPTURE(text);
  CHECK_FALSE(parse_port(text));
}

TEST_CASE("text that is no address and port says what is wrong and what would be right") {
  struct Row {
    const char* text;
    const char* wrong;
  };
  const auto row =
      GENERATE(Row{"127.0.0.1", "\"127.0.0.1\" has no port"},
               Row{"127.0.0.1:0", "\"127.0.0.1:0\" does not end in a port of 1–65535"},
               Row{"coap.me:5683", "\"coap.me:5683\" does not begin with an IP address"},
               Row{"::1:5683", "\"::1:5683\" does not begin with an IP address"},
               Row{"[127.0.0.1]:5683", "\"[127.0.0.1]:5683\" does not begin with an IP address"},
               Row{"", "\"\" has no port"});
  const auto endpoint = parse_endpoint(row.text);
  REQUIRE_FALSE(endpoint);
  CHECK(endpoint.error().wrong == row.wrong);
  CHECK(endpoint.error().right == "an address and a port, as 127.0.0.1:5683 or [::1]:5683");
}

TEST_CASE("only 127.0.0.0/8 and ::1 are loopback") {
  CHECK(parse_ip_address("127.0.0.1")->is_loopback());
  CHECK(parse_ip_address("127.255.255.255")->is_loopback());
  CHECK(parse_ip_address("::ffff:127.0.0.1")->is_loopback());
  CHECK(parse_ip_address("::1")->is_loopback());
  const auto* text = GENERATE("0.0.0.0", "126.255.255.255", "128.0.0.0", "::", "::2", "::127.0.0.1",
                              "::ffff:8.8.8.8", "fe80::1");
  CAPTURE(text);
  CHECK_FALSE(parse_ip_address(text)->is_loopback());
}
