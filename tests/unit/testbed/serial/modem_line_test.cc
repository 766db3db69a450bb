// The line on a real module: what it is told about each octet fits what the module writes.
#include <string>

#include "firmware/modem.h"
#include "tests/support/catch.h"
#include "tests/unit/testbed/serial/bench.h"
#include "ufs/memory_store.h"

using namespace vmodem;
using namespace vmodem::testbed;

namespace {

// A module and its host with the line between them; nobody performs the module's actions.
class Terminal {
 public:
  explicit Terminal(std::uint64_t seed = 1)
      : bench(seed), modem(config_, files_, settings_, bench.random) {}

  std::string send(std::string_view octets) {
    std::string output;
    modem.handle_serial(bench.now, bench.line.receive(bench.now, as_bytes(octets)));
    do output += move();
    while (modem.poll_action());
    return output += move();
  }
  std::string move() {
    std::string output;
    while (const auto segment = modem.poll_serial_segment()) {
      if (!bench.line.has_room()) output += bench.read();
      bench.line.push(bench.now, *segment);
      modem.handle_serial_written(segment->octets.size());
    }
    CHECK(modem.poll_serial().empty());
    return output += bench.read();
  }

 private:
  firmware::ModemConfig config_;
  ufs::MemoryStore files_;
  firmware::MemoryNvStore settings_;

 public:
  SerialBench bench;
  firmware::Modem modem;
};

}  // namespace

TEST_CASE("a line without faults is no line at all") {
  Terminal terminal;
  CHECK(terminal.send("AT+QCOAPCFG=\"trans\",0\r") ==
        "AT+QCOAPCFG=\"trans\",0\r\r\n+QCOAPCFG: \"trans\",2,5\r\n\r\nOK\r\n");
}

TEST_CASE("a module's result is dropped, its echo and lines stay") {
  Terminal terminal;
  terminal.bench.inject(DropResult{});
  CHECK(terminal.send("AT+QCOAPCFG=\"trans\",0\r") ==
        "AT+QCOAPCFG=\"trans\",0\r\r\n+QCOAPCFG: \"trans\",2,5\r\n");
  CHECK(terminal.send("AT\r") == "AT\r\r\nOK\r\n");
}

TEST_CASE("a +CME ERROR is a result to double") {
  Terminal terminal;
  terminal.bench.inject(DoubleResult{});
  CHECK(terminal.send("AT+QFDEL=\"none\"\r") ==
        "AT+QFDEL=\"none\"\r\r\n+CME ERROR: 405\r\n\r\n+CME ERROR: 405\r\n");
}

TEST_CASE("a module's URC waits for a place inside the next answer") {
  Terminal terminal;
  CHECK(terminal.send("ATE0;+CREG=1\r") == "ATE0;+CREG=1\r\r\nOK\r\n");
  terminal.bench.inject(PlaceUrc{UrcPlace::kInsideAnswer});
  terminal.modem.handle_timeout(terminal.bench.now);
  CHECK(terminal.send("AT+CFUN=0\r") == "\r\nOK\r\n");
  CHECK(terminal.send("AT+CMEE?\r") == "\r\n+CMEE: 1\r\n\r\n+CREG: 0\r\n\r\nOK\r\n");
}

TEST_CASE("a lost octet of a command line is one that the module does not echo") {
  Terminal terminal;
  terminal.bench.inject(DropInput{1});
  CHECK(terminal.send("XAT\r") == "AT\r\r\nOK\r\n");
}
