#include <string>

#include "tests/support/catch.h"
#include "tests/unit/at_engine/fixture.h"

using namespace vmodem;
using namespace vmodem::at;

namespace {

// An upload of ten octets, waiting for the first one, with an idle time that stays out of the way.
struct Upload : Host {
  Upload() { CHECK(send("AT+UPLOAD=10,3600\r") == "\r\nCONNECT\r\n"); }
};

}  // namespace

TEST_CASE("+++ between two silences of a second ends the data") {
  Upload host;
  CHECK(host.send("abc") == "");
  CHECK(host.wait(1s) == "");
  CHECK(host.send("+++") == "");
  CHECK(host.wait(1s - 1ns) == "");
  CHECK(host.wait(1ns) == "\r\nOK\r\n");
  CHECK(host.services.data == "abc");
  CHECK(host.services.data_end == DataEnd::kEscapeSequence);
}

// As on a clock that stands still until the next deadline.
TEST_CASE("the silence before +++ is a deadline, once") {
  Upload host;
  CHECK(host.send("abc") == "");
  const auto guard_over = host.now + 1s;
  REQUIRE(host.engine.poll_timeout() == guard_over);
  CHECK(host.wait(1s) == "");
  CHECK(host.engine.poll_timeout() == guard_over + 3599s);
  CHECK(host.send("+++") == "");
  CHECK(host.engine.poll_timeout() == host.now + 1s);
}

TEST_CASE("+++ may be typed within one second") {
  Upload host;
  CHECK(host.wait(1s) == "");
  CHECK(host.send("+") == "");
  CHECK(host.wait(500ms) == "");
  CHECK(host.send("+") == "");
  CHECK(host.wait(500ms) == "");
  CHECK(host.send("+") == "");
  CHECK(host.wait(1s) == "\r\nOK\r\n");
  CHECK(host.services.data.empty());
}

TEST_CASE("+++ without silence before it is data") {
  Upload host;
  CHECK(host.send("abc") == "");
  CHECK(host.wait(1s - 1ns) == "");
  CHECK(host.send("+++") == "");
  CHECK(host.wait(10s) == "");
  CHECK(host.send("defg") == "\r\n+DATA: 10\r\n\r\nOK\r\n");
  CHECK(host.services.data == "abc+++defg");
}

TEST_CASE("+++ right behind CONNECT is data") {
  Upload host;
  CHECK(host.send("+++") == "");
  CHECK(host.wait(10s) == "");
  CHECK(host.send("abcdefg") == "\r\n+DATA: 10\r\n\r\nOK\r\n");
  CHECK(host.services.data == "+++abcdefg");
}

TEST_CASE("+++ without silence behind it is data") {
  Upload host;
  CHECK(host.wait(1s) == "");
  CHECK(host.send("+++") == "");
  CHECK(host.wait(1s - 1ns) == "");
  CHECK(host.send("abcdefg") == "\r\n+DATA: 10\r\n\r\nOK\r\n");
  CHECK(host.services.data == "+++abcdefg");
}

TEST_CASE("a fourth plus makes data of all") {
  Upload host;
  CHECK(host.wait(1s) == "");
  CHECK(host.send("++++") == "");
  CHECK(host.wait(10s) == "");
  CHECK(host.send("abcdef") == "\r\n+DATA: 10\r\n\r\nOK\r\n");
  CHECK(host.services.data == "++++abcdef");
}

TEST_CASE("two pluses are data") {
  Upload host;
  CHECK(host.wait(1s) == "");
  CHECK(host.send("++") == "");
  CHECK(host.wait(10s) == "");
  CHECK(host.send("abcdefgh") == "\r\n+DATA: 10\r\n\r\nOK\r\n");
  CHECK(host.services.data == "++abcdefgh");
}

TEST_CASE("pluses spread over more than a second are data") {
  Upload host;
  CHECK(host.wait(1s) == "");
  CHECK(host.send("+") == "");
  CHECK(host.wait(501ms) == "");
  CHECK(host.send("+") == "");
  CHECK(host.wait(501ms) == "");
  CHECK(host.send("+") == "");
  CHECK(host.wait(10s) == "");
  CHECK(host.send("abcdefg") == "\r\n+DATA: 10\r\n\r\nOK\r\n");
  CHECK(host.services.data == "+++abcdefg");
}

TEST_CASE("a plus that is data and a silence may come before the sequence") {
  Upload host;
  CHECK(host.wait(1s) == "");
  CHECK(host.send("+") == "");
  CHECK(host.wait(2s) == "");
  CHECK(host.send("+++") == "");
  CHECK(host.wait(1s) == "\r\nOK\r\n");
  CHECK(host.services.data == "+");
}

TEST_CASE("pluses that complete the size are data at once") {
  Upload host;
  CHECK(host.send("abcdefg") == "");
  CHECK(host.wait(1s) == "");
  CHECK(host.send("+++") == "\r\n+DATA: 10\r\n\r\nOK\r\n");
  CHECK(host.services.data == "abcdefg+++");
}

TEST_CASE("pluses beyond the size are not the data's") {
  Upload host;
  CHECK(host.send("abcdefgh") == "");
  CHECK(host.wait(1s) == "");
  CHECK(host.send("+++") == "\r\n+DATA: 10\r\n\r\nOK\r\n");
  CHECK(host.wait(10s) == "");
  CHECK(host.send("AT\r") == "\r\nOK\r\n");
}

TEST_CASE("pluses are data where the idle time ends first") {
  Host host;
  CHECK(host.send("AT+UPLOAD=10,2\r") == "\r\nCONNECT\r\n");
  CHECK(host.wait(1s) == "");
  CHECK(host.send("++") == "");
  CHECK(host.wait(2s) == "\r\n+DATA: 2\r\n\r\nOK\r\n");
  CHECK(host.services.data == "++");
}

TEST_CASE("each plus starts the idle time anew") {
  Host host;
  CHECK(host.send("AT+UPLOAD=10,2\r") == "\r\nCONNECT\r\n");
  CHECK(host.wait(1900ms) == "");
  CHECK(host.send("+") == "");
  CHECK(host.wait(1900ms) == "");
  CHECK(host.wait(100ms) == "\r\n+DATA: 1\r\n\r\nOK\r\n");
}

TEST_CASE("a block that ends in pluses is acknowledged without waiting for more") {
  Host host;
  CHECK(host.send("AT+UPLOAD=2048,3600,1\r") == "\r\nCONNECT\r\n");
  CHECK(host.send(std::string(1022, 'x')) == "");
  CHECK(host.wait(1s) == "");
  CHECK(host.send("++") == "A");
  CHECK(host.send("y") == "");
  CHECK(host.send(std::string(1023, 'x')) == "A\r\n+DATA: 2048\r\n\r\nOK\r\n");
}

TEST_CASE("Ctrl-Z behind pluses ends data that includes them") {
  Host host;
  CHECK(host.send("AT+UNTILESC\r") == "\r\n> ");
  CHECK(host.wait(1s) == "");
  CHECK(host.send("+++\x1A") == "\r\n+DATA: 3\r\n\r\nOK\r\n");
  CHECK(host.services.data == "+++");
}

TEST_CASE("a data mode without the escape sequence takes +++ as data") {
  Host host;
  CHECK(host.send("AT+SIZED=4\r") == "\r\n> ");
  CHECK(host.wait(1s) == "");
  CHECK(host.send("+++") == "");
  CHECK(host.wait(10s) == "");
  CHECK(host.send("a") == "\r\n+DATA: 4\r\n\r\nOK\r\n");
}

TEST_CASE("+++ in command mode is junk") {
  Host host(Host::Echo::kOn);
  CHECK(host.wait(1s) == "");
  CHECK(host.send("+++") == "");
  CHECK(host.wait(10s) == "");
  CHECK(host.send("AT\r") == "AT\r\r\nOK\r\n");
}

TEST_CASE("the rest of the line runs behind an escape sequence") {
  Host host;
  CHECK(host.send("AT+UPLOAD=10;+INT?\r") == "\r\nCONNECT\r\n");
  CHECK(host.wait(1s) == "");
  CHECK(host.send("+++") == "");
  CHECK(host.wait(1s) == "\r\n+INT: 7\r\n\r\nOK\r\n");
}
