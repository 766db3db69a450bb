#include "tests/unit/testbed/verb_effects.h"

namespace vmodem::testbed {
namespace {

void nothing(Bench&) {
}

std::string greet(Bench& bench) {
  return bench.at("");
}
std::string open_by_address(Bench& bench) {
  return bench.at("+QCOAPOPEN=0,\"198.51.100.7\",5683");
}
// Within a second.
std::string open_by_name(Bench& bench) {
  auto output = bench.at("+QCOAPOPEN=0,\"coap.sim\",5683");
  output += bench.run_for(1s);
  return output;
}
std::string open_and_close_by_name(Bench& bench) {
  auto output = open_by_name(bench);
  output += bench.at("+QCOAPCLOSE=0");
  return output;
}
void connect(Bench& bench) {
  bench.connect();
}
// "answered" where the server's response to a NON message comes within a second.
std::string ask_server(Bench& bench) {
  auto output = bench.message("1,1");
  output += bench.run_for(1s);
  return output.find("+QCOAPRECV: 0,") != std::string::npos ? "answered" : "silence";
}
std::string registration(Bench& bench) {
  return bench.at("+CEREG?");
}
std::string activation(Bench& bench) {
  return bench.at("+QIACT=1");
}
std::string pin_state(Bench& bench) {
  return bench.at("+CPIN?");
}
// After the radio was off.
std::string pin_state_anew(Bench& bench) {
  bench.at("+CFUN=0");
  bench.at("+CFUN=1");
  return pin_state(bench);
}
std::string list_files(Bench& bench) {
  return bench.at("+QFLST");
}
std::string upload(Bench& bench) {
  return bench.at("+QFUPL=\"f\",1", "x");
}

std::string registered_as(int state) {
  return framed("+CEREG: 0," + std::to_string(state), "OK");
}

}  // namespace

std::span<const LastingEffect> lasting_effects() {
  static const auto ok = framed("OK");
  static const auto opened = framed("OK", "+QCOAPOPEN: 0,0");
  static const auto ready = framed("+CPIN: READY", "OK");
  static const LastingEffect effects[] = {
      {"hang", "resume", nothing, greet, "", ok},
      {"link-down", "link-up", connect, ask_server, "silence", "answered"},
      {"memory-full", "memory-free", nothing, open_by_address, framed("OK", "+QCOAPOPEN: 0,-8"),
       opened},
      {"name-fails", "name-resolves", nothing, open_by_name, framed("OK", "+QCOAPOPEN: 0,-5"),
       opened},
      {"name-silent", "name-resolves coap.sim", nothing, open_and_close_by_name,
       framed("OK", "OK", "+QCOAPCLOSE: 0,0"),
       framed("OK", "+QCOAPOPEN: 0,0", "OK", "+QCOAPCLOSE: 0,0")},
      {"pdp-refused", "pdp-accepted", nothing, activation, framed("ERROR"), ok},
      {"power-cut", "power-on", nothing, greet, "", "AT\r" + ok},
      {"registration-denied 11", "registration-restored", nothing, registration, registered_as(3),
       registered_as(1)},
      {"registration-lost", "registration-restored", nothing, registration, registered_as(2),
       registered_as(1)},
      {"registration-roaming", "registration-restored", nothing, registration, registered_as(5),
       registered_as(1)},
      {"registration-unknown", "registration-restored", nothing, registration, registered_as(4),
       registered_as(1)},
      {"server-restart", "", connect, ask_server, "silence", "answered"},
      {"server-silent", "", connect, ask_server, "silence", "answered"},
      {"sim-fails busy", "sim-works", nothing, pin_state, framed("+CME ERROR: 14"), ready},
      {"sim-remove", "sim-insert", nothing, pin_state_anew, framed("+CME ERROR: 10"), ready},
      {"ufs-fails list", "ufs-works list", nothing, list_files, framed("+CME ERROR: 417"), ok},
      {"ufs-full", "ufs-free", nothing, upload, framed("CONNECT", "+CME ERROR: 420"),
       framed("CONNECT", "+QFUPL: 1,7800", "OK")},
      {"unreachable", "reachable", nothing, open_by_address, framed("OK", "+QCOAPOPEN: 0,-7"),
       opened},
  };
  return effects;
}

}  // namespace vmodem::testbed
