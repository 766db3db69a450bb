#include <string>

#include "tests/support/catch.h"
#include "tests/unit/at_engine/fixture.h"

using namespace vmodem;
using namespace vmodem::at;
using namespace std::string_literals;

TEST_CASE("a fixed size takes every octet value as data") {
  Host host;
  std::string all;
  for (int octet = 0; octet < 256; ++octet) all += static_cast<char>(octet);
  CHECK(host.send("AT+SIZED=256\r") == "\r\n> ");
  CHECK(host.send(all) == "\r\n+DATA: 256\r\n\r\nOK\r\n");
  CHECK(host.services.data == all);
  CHECK(host.services.data_end == DataEnd::kComplete);
}

TEST_CASE("an upload takes every octet value as data") {
  Host host;
  std::string all;
  for (int octet = 0; octet < 256; ++octet) all += static_cast<char>(octet);
  CHECK(host.send("AT+UPLOAD=256\r") == "\r\nCONNECT\r\n");
  CHECK(host.send(all) == "\r\n+DATA: 256\r\n\r\nOK\r\n");
  CHECK(host.services.data == all);
}

TEST_CASE("data is not echoed") {
  Host host(Host::Echo::kOn);
  CHECK(host.send("AT+SIZED=3\r") == "AT+SIZED=3\r\r\n> ");
  CHECK(host.send("abc") == "\r\n+DATA: 3\r\n\r\nOK\r\n");
}

TEST_CASE("data that does not wait for the prompt is data from the CR on") {
  // quectel-at.md H5.
  Host host;
  CHECK(host.send("AT+SIZED=5\rhello") == "\r\n> \r\n+DATA: 5\r\n\r\nOK\r\n");
  CHECK(host.services.data == "hello");
}

TEST_CASE("a whole command line is data") {
  Host host;
  CHECK(host.send("AT+SIZED=8\rAT+INT?\r") == "\r\n> \r\n+DATA: 8\r\n\r\nOK\r\n");
  CHECK(host.services.data == "AT+INT?\r");
}

TEST_CASE("A/ is data") {
  Host host;
  CHECK(host.send("AT+SIZED=2\rA/") == "\r\n> \r\n+DATA: 2\r\n\r\nOK\r\n");
  CHECK(host.services.data == "A/");
}

TEST_CASE("Ctrl-Z ends data without a size and is none of it") {
  Host host;
  CHECK(host.send("AT+UNTIL\r") == "\r\n> ");
  CHECK(host.send("a\rb\x1A") == "\r\n+DATA: 3\r\n\r\nOK\r\n");
  CHECK(host.services.data == "a\rb");
  CHECK(host.services.data_end == DataEnd::kCtrlZ);
}

TEST_CASE("Ctrl-Z may end data of no octet") {
  Host host;
  CHECK(host.send("AT+UNTIL\r\x1A") == "\r\n> \r\n+DATA: 0\r\n\r\nOK\r\n");
}

TEST_CASE("Ctrl-Z and Esc within a fixed size are data") {
  Host host;
  CHECK(host.send("AT+SIZED=3\r\x1A\x1Bx") == "\r\n> \r\n+DATA: 3\r\n\r\nOK\r\n");
  CHECK(host.services.data == "\x1A\x1Bx");
}

TEST_CASE("Esc cancels data without a size") {
  Host host;
  CHECK(host.send("AT+UNTIL\rabc\x1B") == "\r\n> \r\nOK\r\n");
  CHECK(host.services.data_end == DataEnd::kEscape);
}

TEST_CASE("data up to the limit is not overflown") {
  Host host;
  CHECK(host.send("AT+UNTIL\r0123456789abcdef\x1A") == "\r\n> \r\n+DATA: 16\r\n\r\nOK\r\n");
  CHECK_FALSE(host.services.is_overflown);
}

TEST_CASE("data over the limit is swallowed up to its Ctrl-Z, and told at the end") {
  Host host;
  CHECK(host.send("AT+UNTIL\r0123456789abcdef") == "\r\n> ");
  CHECK(host.send("g" + std::string(5000, 'h') + "\rAT\r") == "");
  CHECK(host.send("\x1A") == "\r\nERROR\r\n");
  CHECK(host.services.is_overflown);
  CHECK(host.services.data == "0123456789abcdef");
  CHECK(host.send("AT\r") == "\r\nOK\r\n");
}

TEST_CASE("a size of 0 is answered by the handler without a data mode") {
  Host host;
  CHECK(host.send("AT+SIZED=0\r") == "\r\n+DATA: 0\r\n\r\nOK\r\n");
  CHECK(host.services.data_count == 0);
}

TEST_CASE("octets behind the last one are a command line") {
  Host host(Host::Echo::kOn);
  CHECK(host.send("AT+SIZED=2\rabAT+INT?\r") ==
        "AT+SIZED=2\r\r\n> \r\n+DATA: 2\r\n\r\nOK\r\nAT+INT?\r\r\n+INT: 7\r\n\r\nOK\r\n");
}

TEST_CASE("a stray Ctrl-Z behind data of a size is swallowed") {
  // quectel-at.md H6.
  Host host(Host::Echo::kOn);
  CHECK(host.send("AT+SIZED=2\rab\x1A") == "AT+SIZED=2\r\r\n> \r\n+DATA: 2\r\n\r\nOK\r\n");
  CHECK(host.send("AT\r") == "AT\r\r\nOK\r\n");
}

TEST_CASE("a stray CR LF behind the Ctrl-Z is swallowed") {
  Host host(Host::Echo::kOn);
  CHECK(host.send("AT+UNTIL\rab\x1A\r\n") == "AT+UNTIL\r\r\n> \r\n+DATA: 2\r\n\r\nOK\r\n");
  CHECK(host.send("AT\r") == "AT\r\r\nOK\r\n");
}

TEST_CASE("CR, Ctrl-Z and CR behind an upload do nothing") {
  // quectel-at.md H8.
  Host host;
  CHECK(host.send("AT+UPLOAD=4,5000\r") == "\r\nCONNECT\r\n");
  CHECK(host.send("a&bc\r\x1A\r") == "\r\n+DATA: 4\r\n\r\nOK\r\n");
  CHECK(host.send("A/") == "\r\nCONNECT\r\n");
}

TEST_CASE("the rest of the command line runs behind the data") {
  Host host;
  CHECK(host.send("AT+SIZED=2;+INT?\r") == "\r\n> ");
  CHECK(host.send("ab") == "\r\n+DATA: 2\r\n\r\n+INT: 7\r\n\r\nOK\r\n");
}

TEST_CASE("one line may take data twice") {
  Host host;
  CHECK(host.send("AT+SIZED=2;+UNTIL\r") == "\r\n> ");
  CHECK(host.send("abcd\x1A") == "\r\n+DATA: 2\r\n\r\n> \r\n+DATA: 2\r\n\r\nOK\r\n");
  CHECK(host.services.data == "cd");
}

TEST_CASE("an error behind the data ends the line") {
  Host host;
  CHECK(host.send("AT+UNTIL;+INT?\r") == "\r\n> ");
  CHECK(host.send(std::string(17, 'x') + "\x1A") == "\r\nERROR\r\n");
}

TEST_CASE("an upload ends after its idle time with what came") {
  Host host;
  CHECK(host.send("AT+UPLOAD=39,5\r") == "\r\nCONNECT\r\n");
  CHECK(host.send("0123") == "");
  CHECK(host.wait(5s - 1ns) == "");
  CHECK(host.wait(1ns) == "\r\n+DATA: 4\r\n\r\nOK\r\n");
  CHECK(host.services.data == "0123");
  CHECK(host.services.data_end == DataEnd::kIdle);
}

TEST_CASE("the idle time counts from CONNECT where no octet comes") {
  Host host;
  CHECK(host.send("AT+UPLOAD=39,5\r") == "\r\nCONNECT\r\n");
  CHECK(host.wait(5s - 1ns) == "");
  REQUIRE(host.engine.poll_timeout() == host.now + 1ns);
  CHECK(host.wait(1ns) == "\r\n+DATA: 0\r\n\r\nOK\r\n");
}

TEST_CASE("each octet starts the idle time anew") {
  Host host;
  CHECK(host.send("AT+UPLOAD=39,5\r") == "\r\nCONNECT\r\n");
  for (int i = 0; i < 10; ++i) {
    CHECK(host.wait(4s) == "");
    CHECK(host.send("x") == "");
  }
  CHECK(host.wait(5s) == "\r\n+DATA: 10\r\n\r\nOK\r\n");
}

TEST_CASE("data without an idle time waits for ever") {
  Host host;
  CHECK(host.send("AT+SIZED=2\ra") == "\r\n> ");
  CHECK_FALSE(host.engine.poll_timeout());
  CHECK(host.wait(1000h) == "");
  CHECK(host.engine.is_waiting_for_host());
  CHECK(host.send("b") == "\r\n+DATA: 2\r\n\r\nOK\r\n");
  CHECK_FALSE(host.engine.is_waiting_for_host());
}

TEST_CASE("each full block is acknowledged by one A without a line end") {
  Host host;
  const std::string block(1024, 'x');
  CHECK(host.send("AT+UPLOAD=2500,5,1\r") == "\r\nCONNECT\r\n");
  CHECK(host.send(block.substr(1)) == "");
  CHECK(host.send("x") == "A");
  CHECK(host.send(block) == "A");
  CHECK(host.send(std::string(452, 'x')) == "\r\n+DATA: 2500\r\n\r\nOK\r\n");
}

TEST_CASE("several blocks at once are acknowledged one by one") {
  Host host;
  CHECK(host.send("AT+UPLOAD=4096,5,1\r") == "\r\nCONNECT\r\n");
  CHECK(host.send(std::string(3 * 1024, 'x')) == "AAA");
}

TEST_CASE("a last block that is just full is acknowledged") {
  Host host;
  CHECK(host.send("AT+UPLOAD=1024,5,1\r") == "\r\nCONNECT\r\n");
  CHECK(host.send(std::string(1024, 'x')) == "A\r\n+DATA: 1024\r\n\r\nOK\r\n");
}

TEST_CASE("blocks are not acknowledged where the host did not ask for it") {
  Host host;
  CHECK(host.send("AT+UPLOAD=1025,5\r") == "\r\nCONNECT\r\n");
  CHECK(host.send(std::string(1024, 'x')) == "");
}

TEST_CASE("a refused command takes no data, and what follows it is no data") {
  Host host;
  CHECK(host.send("AT+SIZED=4097\rhello") == "\r\nERROR\r\n");
  CHECK(host.services.data_count == 0);
}
