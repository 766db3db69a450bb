#include <string>

#include "tests/support/catch.h"
#include "tests/unit/at_engine/fixture.h"

using namespace vmodem;
using namespace vmodem::at;

TEST_CASE("a URC posted while a command runs follows its result") {
  Host host;
  CHECK(host.send("AT+POST\r") == "\r\n+POST: 1\r\n\r\nOK\r\n\r\n+POSTED: 1\r\n");
}

TEST_CASE("a URC posted by one command of a line follows the result of the line") {
  Host host;
  CHECK(host.send("AT+POST;+INT?\r") ==
        "\r\n+POST: 1\r\n\r\n+INT: 7\r\n\r\nOK\r\n\r\n+POSTED: 1\r\n");
}

TEST_CASE("a URC follows the error that ends its command's line") {
  Host host;
  CHECK(host.send("AT+POST;+FAIL\r") == "\r\n+POST: 1\r\n\r\n+CME ERROR: 3\r\n\r\n+POSTED: 1\r\n");
}

TEST_CASE("a URC goes out between two lines that were received together") {
  Host host;
  CHECK(host.send("AT+POST\r\nAT+INT?\r\n") ==
        "\r\n+POST: 1\r\n\r\nOK\r\n\r\n+POSTED: 1\r\n\r\n+INT: 7\r\n\r\nOK\r\n");
}

TEST_CASE("a URC on an idle line goes out at once") {
  Host host;
  CHECK(host.post("+URC: 1") == "\r\n+URC: 1\r\n");
}

TEST_CASE("a URC waits while a command is pending") {
  Host host;
  CHECK(host.send("AT+WAIT\r") == "");
  CHECK(host.post("+URC: 1") == "");
  CHECK(host.wait(1h) == "");
  CHECK(host.complete(ok("+WAIT: 1")) == "\r\n+WAIT: 1\r\n\r\nOK\r\n\r\n+URC: 1\r\n");
}

TEST_CASE("a URC waits for the end of a data mode, however long that takes") {
  Host host;
  CHECK(host.send("AT+SIZED=2\r") == "\r\n> ");
  CHECK(host.post("+URC: 1") == "");
  CHECK(host.wait(1h) == "");
  CHECK(host.send("a") == "");
  CHECK(host.send("b") == "\r\n+DATA: 2\r\n\r\nOK\r\n\r\n+URC: 1\r\n");
}

TEST_CASE("a URC waits for the end of a half-typed line") {
  Host host(Host::Echo::kOn);
  CHECK(host.send("AT+INT") == "AT+INT");
  CHECK(host.post("+URC: 1") == "");
  CHECK(host.send("?\r") == "?\r\r\n+INT: 7\r\n\r\nOK\r\n\r\n+URC: 1\r\n");
}

TEST_CASE("a complete prefix is a half-typed line") {
  Host host;
  CHECK(host.send("AT") == "");
  CHECK(host.engine.is_waiting_for_host());
  CHECK(host.post("+URC: 1") == "");
}

TEST_CASE("half a prefix is echoed as typed and holds nothing") {
  Host host(Host::Echo::kOn);
  CHECK(host.send("A") == "A");
  CHECK_FALSE(host.engine.is_waiting_for_host());
  CHECK(host.post("+URC: 1") == "\r\n+URC: 1\r\n");
  CHECK(host.send("T\r") == "T\r\r\nOK\r\n");
}

TEST_CASE("an erased line still holds: its prefix stands") {
  Host host;
  CHECK(host.send("ATX\b\b\b") == "");
  CHECK(host.post("+URC: 1") == "");
}

TEST_CASE("junk holds nothing") {
  Host host;
  CHECK(host.send("hello") == "");
  CHECK_FALSE(host.engine.is_waiting_for_host());
  CHECK(host.post("+URC: 1") == "\r\n+URC: 1\r\n");
}

TEST_CASE("a half-typed line holds a URC for five seconds at most") {
  Host host;
  CHECK(host.send("AT") == "");
  CHECK(host.post("+URC: 1") == "");
  REQUIRE(host.engine.poll_timeout() == host.now + 5s);
  CHECK(host.wait(5s - 1ns) == "");
  CHECK(host.wait(1ns) == "\r\n+URC: 1\r\n");
  CHECK_FALSE(host.engine.poll_timeout());
  CHECK(host.send("+INT?\r") == "\r\n+INT: 7\r\n\r\nOK\r\n");
}

TEST_CASE("typing on does not hold a URC longer") {
  Host host;
  CHECK(host.send("AT") == "");
  CHECK(host.post("+URC: 1") == "");
  CHECK(host.wait(4s) == "");
  CHECK(host.send("+INT") == "");
  CHECK(host.wait(1s) == "\r\n+URC: 1\r\n");
}

TEST_CASE("each URC has five seconds of its own") {
  Host host;
  CHECK(host.send("AT") == "");
  CHECK(host.post("+URC: 1") == "");
  CHECK(host.wait(2s) == "");
  CHECK(host.post("+URC: 2") == "");
  CHECK(host.wait(3s) == "\r\n+URC: 1\r\n");
  CHECK(host.wait(2s) == "\r\n+URC: 2\r\n");
}

TEST_CASE("calling at the wrong time changes nothing") {
  Host host;
  CHECK(host.send("AT") == "");
  CHECK(host.post("+URC: 1") == "");
  host.engine.handle_timeout(host.now);
  CHECK(host.read() == "");
}

TEST_CASE("an idle line without URCs needs no wake-up") {
  Host host;
  CHECK_FALSE(host.engine.poll_timeout());
  CHECK(host.send("AT") == "");
  CHECK_FALSE(host.engine.poll_timeout());
}

TEST_CASE("the switch lets a URC into a half-typed line at once") {
  Host host(Host::Echo::kOn, {.hold_urcs_while_typing = false});
  CHECK(host.send("AT+INT") == "AT+INT");
  CHECK(host.post("+URC: 1") == "\r\n+URC: 1\r\n");
  CHECK(host.send("?\r") == "?\r\r\n+INT: 7\r\n\r\nOK\r\n");
}

TEST_CASE("the switch lets no URC into a transaction or a data mode") {
  Host host(Host::Echo::kOff, {.hold_urcs_while_typing = false});
  CHECK(host.send("AT+POST\r") == "\r\n+POST: 1\r\n\r\nOK\r\n\r\n+POSTED: 1\r\n");
  CHECK(host.send("AT+SIZED=1\r") == "\r\n> ");
  CHECK(host.post("+URC: 1") == "");
}

TEST_CASE("URCs keep their order") {
  Host host;
  CHECK(host.send("AT") == "");
  CHECK(host.post("+URC: 1") == "");
  CHECK(host.post("+URC: 2", "x") == "");
  CHECK(host.post("+URC: 3") == "");
  CHECK(host.send("\r") == "\r\nOK\r\n\r\n+URC: 1\r\n\r\n+URC: 2\r\nx\r\n\r\n+URC: 3\r\n");
}

TEST_CASE("held URCs are bounded in number, and the surplus is counted") {
  Host host;
  CHECK(host.send("AT") == "");
  std::string expected = "\r\nOK\r\n";
  for (std::size_t i = 0; i < Engine::kUrcCountMax; ++i) {
    CHECK(host.post("+URC: " + std::to_string(i)) == "");
    expected += "\r\n+URC: " + std::to_string(i) + "\r\n";
  }
  CHECK(host.engine.dropped_urc_count() == 0);
  CHECK(host.post("+LATE: 1") == "");
  CHECK(host.post("+LATE: 2") == "");
  CHECK(host.engine.dropped_urc_count() == 2);
  CHECK(host.send("\r") == expected);
  CHECK(host.post("+URC: 1") == "\r\n+URC: 1\r\n");
}

TEST_CASE("held URCs are bounded in size, and the surplus is counted") {
  Host host;
  CHECK(host.send("AT") == "");
  const std::string half(Engine::kUrcSizeMax / 2 - 7, 'x');
  CHECK(host.post("+URC: 1", half) == "");
  CHECK(host.post("+URC: 2", half) == "");
  CHECK(host.engine.dropped_urc_count() == 0);
  CHECK(host.post("+") == "");
  CHECK(host.engine.dropped_urc_count() == 1);
}

TEST_CASE("written URCs make room for held ones") {
  Host host;
  const std::string half(Engine::kUrcSizeMax / 2, 'x');
  for (int i = 0; i < 4; ++i) {
    CHECK(host.post("+URC: 1", half) == "\r\n+URC: 1\r\n" + half + "\r\n");
  }
  CHECK(host.engine.dropped_urc_count() == 0);
}

TEST_CASE("output that nobody reads is bounded, and the surplus is counted") {
  Host host;
  const std::string big(40 * 1024, 'x');
  host.engine.post(host.now, {"+URC: 1", to_bytes(big)});
  host.engine.post(host.now, {"+URC: 2", to_bytes(big)});
  CHECK(host.engine.dropped_output_count() == 2 + 7 + 2 + big.size() + 2);
  host.engine.post(host.now, {"+URC: 3", {}});
  CHECK(host.read() == "\r\n+URC: 1\r\n" + big + "\r\n\r\n+URC: 3\r\n");
}

TEST_CASE("a reader that was away gets whole answers again") {
  Host host;
  while (host.engine.dropped_output_count() == 0) {
    host.queue("AT+INFO\r");
    CHECK(host.engine.step(host.now));
  }
  // The answer that passes the bound is whole; the next one does not begin.
  const auto answer = std::string("\r\nfirst\r\nsecond\r\n\r\nOK\r\n");
  CHECK(host.engine.poll_serial().size() < SerialOutput::kSizeMax + answer.size());
  CHECK_FALSE(host.read().empty());
  CHECK(host.send("AT+INT?\r") == "\r\n+INT: 7\r\n\r\nOK\r\n");
}

TEST_CASE("output that is read in pieces keeps its order and loses nothing") {
  Host host;
  std::string expected;
  std::string seen;
  for (int i = 0; i < 20000; ++i) {
    host.engine.post(host.now, {"+URC: " + std::to_string(i), {}});
    expected += "\r\n+URC: " + std::to_string(i) + "\r\n";
    // Never empty, so that what has been read has to be forgotten on the way.
    while (host.engine.poll_serial().size() > 100) {
      seen += as_text(host.engine.poll_serial().first(7));
      host.engine.handle_serial_written(7);
    }
  }
  seen += host.read();
  CHECK(seen == expected);
  CHECK(host.engine.dropped_output_count() == 0);
}
