#include "firmware/configuration/texts/serving.h"
#include "tests/support/catch.h"

namespace vmodem::app {
namespace {

std::string canonical(std::string_view text) {
  const auto serving = parse_serving(text);
  return serving ? to_string(*serving) : serving.error().wrong;
}

TEST_CASE("A place to serve at is an address with a port, and may begin with a host") {
  CHECK(canonical("127.0.0.1:5683") == "127.0.0.1:5683");
  CHECK(canonical("localhost:0") == "127.0.0.1:0");
  CHECK(canonical("[0:0::1]:65535") == "[::1]:65535");
  CHECK(canonical("coap.sim=127.0.0.1:0") == "coap.sim=127.0.0.1:0");
  CHECK(parse_serving("2001:db8::1=[::1]:1").value().host == "2001:db8::1");
}

TEST_CASE("Any other place is refused for what is wrong with it") {
  CHECK(canonical("127.0.0.1") == "no port of 0–65535 behind the address");
  CHECK(canonical("127.0.0.1:65536") == "no port of 0–65535 behind the address");
  CHECK(canonical("") == "no port of 0–65535 behind the address");
  CHECK(canonical("::1:5683") == "no address in front of the port");
  CHECK(canonical("[127.0.0.1]:5683") == "no address in front of the port");
  CHECK(canonical("coap.sim:5683") == "no address in front of the port");
  CHECK(canonical("=127.0.0.1:0") == "no host in front of the \"=\"");
  CHECK(canonical("coap.sim=") == "no port of 0–65535 behind the address");
}

}  // namespace
}  // namespace vmodem::app
