#include <string>

#include "tests/support/catch.h"
#include "tests/unit/at_engine/fixture.h"

using namespace vmodem;
using namespace vmodem::at;

TEST_CASE("a pending command answers when it is completed") {
  Host host(Host::Echo::kOn);
  CHECK(host.send("AT+WAIT\r") == "AT+WAIT\r");
  CHECK(host.engine.is_command_pending());
  CHECK(host.complete(ok("+WAIT: 1")) == "\r\n+WAIT: 1\r\n\r\nOK\r\n");
  CHECK_FALSE(host.engine.is_command_pending());
}

TEST_CASE("a pending command may fail, with a cause or another result") {
  Host host;
  CHECK(host.send("AT+WAIT\r") == "");
  CHECK(host.complete(error(cme::kNoNetworkService)) == "\r\n+CME ERROR: 30\r\n");
  CHECK(host.send("AT+WAIT\r") == "");
  CHECK(host.complete(error()) == "\r\nERROR\r\n");
  CHECK(host.send("AT+WAIT\r") == "");
  CHECK(host.complete({.result = FinalResult::kNoCarrier}) == "\r\nNO CARRIER\r\n");
}

TEST_CASE("the rest of the line runs when the pending command succeeds") {
  Host host;
  CHECK(host.send("AT+INT?;+WAIT;+INT=1\r") == "\r\n+INT: 7\r\n");
  CHECK(host.complete(ok()) == "\r\n1: 1\r\n\r\nOK\r\n");
}

TEST_CASE("nothing behind a pending command that fails runs") {
  Host host;
  CHECK(host.send("AT+WAIT;+INT=1\r") == "");
  CHECK(host.complete(error()) == "\r\nERROR\r\n");
}

TEST_CASE("one line may pend twice") {
  Host host;
  CHECK(host.send("AT+WAIT;+WAIT\r") == "");
  CHECK(host.complete(ok("1")) == "\r\n1\r\n");
  CHECK(host.complete(ok("2")) == "\r\n2\r\n\r\nOK\r\n");
}

TEST_CASE("input while a command is pending is echoed when it is read") {
  Host host(Host::Echo::kOn);
  CHECK(host.send("AT+WAIT\r\nAT+INT?\r\nAT\r\n") == "AT+WAIT\r");
  CHECK(host.send("AT+INT=1\r") == "");
  CHECK(host.complete(ok()) ==
        "\r\nOK\r\n"
        "AT+INT?\r\r\n+INT: 7\r\n\r\nOK\r\n"
        "AT\r\r\nOK\r\n"
        "AT+INT=1\r\r\n1: 1\r\n\r\nOK\r\n");
}

TEST_CASE("a queued A/ repeats the pending line") {
  Host host;
  CHECK(host.send("AT+WAIT\rA/") == "");
  CHECK(host.complete(ok()) == "\r\nOK\r\n");
  CHECK(host.engine.is_command_pending());
}

TEST_CASE("input never aborts a pending command") {
  Host host;
  CHECK(host.send("AT+WAIT\r\x1B\x1A\b\r") == "");
  CHECK(host.engine.is_command_pending());
}

TEST_CASE("time alone does not end a pending command") {
  Host host;
  CHECK(host.send("AT+WAIT\r") == "");
  CHECK_FALSE(host.engine.poll_timeout());
  CHECK(host.wait(1000h) == "");
  CHECK(host.engine.is_command_pending());
  CHECK_FALSE(host.engine.is_waiting_for_host());
}

TEST_CASE("the room for input shrinks while a command is pending, and comes back") {
  Host host;
  CHECK(host.engine.serial_room() == Engine::kInputSizeMax);
  CHECK(host.send("AT+WAIT\r") == "");
  CHECK(host.engine.serial_room() == Engine::kInputSizeMax);
  CHECK(host.send("AT+INT?\r") == "");
  CHECK(host.engine.serial_room() == Engine::kInputSizeMax - 8);
  CHECK(host.send(std::string(Engine::kInputSizeMax - 8, '\n')) == "");
  CHECK(host.engine.serial_room() == 0);
  CHECK(host.complete(ok()) == "\r\nOK\r\n\r\n+INT: 7\r\n\r\nOK\r\n");
  CHECK(host.engine.serial_room() == Engine::kInputSizeMax);
}

TEST_CASE("a queue that was full has lost nothing") {
  Host host;
  CHECK(host.send("AT+WAIT\r") == "");
  std::string expected = "\r\nOK\r\n";
  while (host.engine.serial_room() >= 8) {
    CHECK(host.send("AT+INT?\r") == "");
    expected += "\r\n+INT: 7\r\n\r\nOK\r\n";
  }
  CHECK(host.complete(ok()) == expected);
  CHECK(host.engine.dropped_output_count() == 0);
}

TEST_CASE("a step ends with each command line, so that a driver can act on it") {
  Host host;
  host.queue("AT+INT=1\rAT+INT=2\rAT");
  CHECK(host.engine.step(host.now));
  CHECK(host.read() == "\r\n1: 1\r\n\r\nOK\r\n");
  CHECK(host.engine.step(host.now));
  CHECK(host.read() == "\r\n1: 2\r\n\r\nOK\r\n");
  CHECK_FALSE(host.engine.step(host.now));
  CHECK(host.engine.serial_room() == Engine::kInputSizeMax);
}

TEST_CASE("a step ends with a data mode") {
  Host host;
  host.queue("AT+SIZED=1\rxAT\r");
  CHECK(host.engine.step(host.now));
  CHECK(host.read() == "\r\n> ");
  CHECK(host.engine.step(host.now));
  CHECK(host.read() == "\r\n+DATA: 1\r\n\r\nOK\r\n");
  CHECK(host.engine.step(host.now));
  CHECK(host.read() == "\r\nOK\r\n");
}
