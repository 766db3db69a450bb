#include "firmware/journal/why.h"

#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::journal;

TEST_CASE("the chain goes from the first cause to the entry, with the losses of its messages") {
  Ring ring;
  ring.push({1, Instant(0s), 0, LineCommand{"AT+QCOAPSEND=…"}});
  ring.push({2, Instant(0s), 1, CoapSent{.client = 0, .type = "CON", .code = "0.01", .message_id = 7}});
  ring.push({3, Instant(0s), 2, DatagramUp{.transport = 1, .network = "simulated"}});
  ring.push({4, Instant(0s), 3, LinkLost{{"uplink", 1, 10, "lost by script"}}});
  ring.push({5, Instant(1s), 0, LineCommand{"AT"}});
  ring.push({6, Instant(2s), 2, CoapRetransmitted{.client = 0, .message_id = 7, .attempt = 1}});
  ring.push({7, Instant(2s), 6, DatagramUp{.transport = 1, .network = "simulated"}});
  ring.push({8, Instant(4s), 6, CoapConcluded{0, 7, "never acknowledged"}});
  ring.push({9, Instant(4s), 8, LineUrc{"+QCOAPACK: 0,0,7,-11", 0}});

  std::vector<Number> numbers;
  for (const auto* entry : why(ring, 9)) numbers.push_back(entry->number);
  CHECK(numbers == std::vector<Number>{1, 2, 4, 6, 8, 9});
  CHECK(why_text(ring, 9) ==
        "    0.000000  #1  the host types AT+QCOAPSEND=…\n"
        "    0.000000  #2  client 0: sends CON 0.01, message 7, 0 octets\n"
        "    0.000000  #4  link: uplink datagram 1 of 10 octets lost by script\n"
        "    2.000000  #6  client 0: message 7 goes out again, retransmission 1\n"
        "    4.000000  #8  client 0: the exchange of message 7 ends: never acknowledged\n"
        "    4.000000  #9  the module reports +QCOAPACK: 0,0,7,-11\n");
}

TEST_CASE("what a ring no longer has ends the chain") {
  Ring ring(2);
  ring.push({1, Instant(), 0, LineCommand{"AT"}});
  ring.push({2, Instant(), 1, LineAnswer{"x"}});
  ring.push({3, Instant(), 2, LineResult{"OK"}});

  CHECK(ring.first() == 2);
  CHECK(ring.last() == 3);
  CHECK(ring.find(1) == nullptr);
  CHECK(why(ring, 3).size() == 2);
  CHECK(why(ring, 1).empty());
  CHECK(why(ring, 4).empty());
  CHECK(why_text(ring, 4).empty());
}

TEST_CASE("a chain as long as the journal is told in no more than one reading of it") {
  constexpr Number kCount = 60000;
  Ring ring;
  for (Number number = 1; number <= kCount; ++number) {
    ring.push({number, Instant(), number - 1, CoapRetransmitted{.client = 0, .message_id = 7}});
  }
  CHECK(why(ring, kCount).size() == kCount);
}
