#include "tools/conform/replay/loosened.h"

#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::conform;

namespace {

std::string fields_loosened(std::string_view recorded) {
  return loosened(recorded, {}).text;
}

}  // namespace

TEST_CASE("what is a module's own, the network's or the hour's has its form only") {
  CHECK(fields_loosened("> AT+CGSN\n< 864508030012428\n< OK\n") ==
        "> AT+CGSN\n<~ {:digits}\n< OK\n");
  CHECK(fields_loosened("> AT+CCLK?\n< +CCLK: \"25/01/01,00:00:00+00\"\n") ==
        "> AT+CCLK?\n<~ +CCLK: \"{:text}\"\n");
  CHECK(fields_loosened("> AT+CSQ\n< +CSQ: 28,99\n") == "> AT+CSQ\n<~ +CSQ: {:word},{:word}\n");
  CHECK(fields_loosened("> ATI\n< Quectel\n<+ BG95-M3\n") == "> ATI\n< Quectel\n<+ BG95-M3\n");
}

TEST_CASE("what an answer tells is the same wherever it is told, and said again as it was told") {
  CHECK(fields_loosened("> AT+QFOPEN=\"a\"\n< +QFOPEN: 1\n> AT+QFREAD=1,10\n> AT+QFCLOSE=1\n") ==
        "> AT+QFOPEN=\"a\"\n<~ +QFOPEN: {handle_1:digits}\n> AT+QFREAD=${handle_1},10\n"
        "> AT+QFCLOSE=${handle_1}\n");
  CHECK(fields_loosened("< +QCOAPACK: 0,0,7,0\n< +QCOAPRECV: 0,7,2.05,2,CAFE,0,1\n") ==
        "<~ +QCOAPACK: 0,0,{message_id_1:digits},0\n"
        "<~ +QCOAPRECV: 0,${message_id_1},2.05,2,{token_2:hex},0,1\n");
}

TEST_CASE("what the host has chosen is no module's own") {
  const std::string chosen =
      "> AT+QCOAPHEADER=0,1234,1,2,\"CAFE\"\n< +QCOAPRECV: 0,1234,2.05,2,CAFE,0,1\n";
  CHECK(fields_loosened(chosen) == chosen);
}

TEST_CASE("in a device's own time nothing waits for an answer, and the host waits as it did") {
  const auto loose = loosened("> AT\nwait 20s\n< OK\nwait 3s\n> AT\n", {.has_own_time = true});
  CHECK(loose.text == "> AT\n# wait 20s\n< OK\nwait 3s\n> AT\n");
  CHECK(loose.wait_max == 20s);
}

TEST_CASE("a device that runs already keeps its own world") {
  CHECK(loosened("seed 7\nset sim.pin=1\nreal no — x\n> AT\n", {.has_own_world = true}).text ==
        "# seed 7\n# set sim.pin=1\n# real no — x\n> AT\n");
}

TEST_CASE("a line that a recorder was writing when it was killed is left out") {
  CHECK(fields_loosened("# A session with x, y.\n> AT\n< O") == "# A session with x, y.\n> AT\n");
  CHECK(fields_loosened("> AT\n< OK") == "> AT\n< OK\n");
}

TEST_CASE("an exact replay is what was recorded") {
  CHECK(loosened("> AT+CSQ\n< +CSQ: 28,99\n", {.has_own_fields = false}).text ==
        "> AT+CSQ\n< +CSQ: 28,99\n");
}
