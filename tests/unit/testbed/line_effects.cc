#include "tests/support/catch.h"
#include "tests/unit/testbed/verb_effects.h"

namespace vmodem::testbed {
namespace {

std::string open_session(Bench& bench) {
  return bench.at("+QCOAPOPEN=0,\"198.51.100.7\",5683");
}

void check_rate(Bench& bench) {
  bench.inject("baud 1000");  // an octet in 10 ms
  CHECK(bench.at("") == "");
  CHECK(bench.run_for(40ms) == "\r\nOK");
  CHECK(bench.run_for(1s) == "\r\n");
  bench.inject("baud 0");
  CHECK(bench.at("") == framed("OK"));
}

void check_pieces(Bench& bench) {
  bench.inject("chunks 10ms 1");
  CHECK(bench.at("") == "\r");
  CHECK(bench.run_for(10ms) == "\n");
  CHECK(bench.run_for(1s) == "OK\r\n");
}

void check_delay(Bench& bench) {
  bench.inject("delay-urc 3s");
  CHECK(open_session(bench) == framed("OK"));
  CHECK(bench.run_for(2999ms) == "");
  CHECK(bench.run_for(1ms) == framed("+QCOAPOPEN: 0,0"));
}

void check_garbage(Bench& bench) {
  bench.inject("garbage 5");
  const auto output = bench.at("");
  CHECK(output.size() == 5 + framed("OK").size());
  CHECK(output.ends_with(framed("OK")));
}

void check_garbled_input(Bench& bench) {
  bench.inject("garble-input 2");
  CHECK(bench.at("") != framed("OK"));
  bench.send("\r");
  CHECK(bench.at("") == framed("OK"));
}

void check_lost_input(Bench& bench) {
  bench.inject("drop-input 3");
  CHECK(bench.at("") == "");
  CHECK(bench.at("") == framed("OK"));
}

void check_place(Bench& bench) {
  bench.inject("place-urc inside-answer");
  CHECK(open_session(bench) == framed("OK"));
  CHECK(bench.at("+CFUN?") == framed("+CFUN: 1", "+QCOAPOPEN: 0,0", "OK"));
}

void check_clear(Bench& bench) {
  bench.inject("drop-result");
  bench.inject("delay-urc 1h");
  CHECK(bench.inject("serial-clear") == "");
  CHECK(open_session(bench) == framed("OK", "+QCOAPOPEN: 0,0"));
}

void check_truncation(Bench& bench) {
  bench.inject("truncate-urc 10");
  CHECK(open_session(bench) == framed("OK") + "\r\n+QCOAPOP");
}

// Two octets more than there are.
void check_length(Bench& bench) {
  bench.connect();
  bench.at("+QCOAPOPTION=0,0,0,11,\"nowhere\"");
  bench.inject("wrong-length 2");
  CHECK(bench.message("0,1") ==
        framed("OK", "+QCOAPACK: 0,0,100,0", "+QCOAPRECV: 0,100,4.04,0,,0,11\r\nNot Found"));
}

constexpr Effect kLineEffects[] = {
    {"baud", check_rate},
    {"chunks", check_pieces},
    {"delay-urc", check_delay},
    {"double-result",
     [](Bench& b) {
       b.inject("double-result");
       CHECK(b.at("") == framed("OK", "OK"));
     }},
    {"double-urc",
     [](Bench& b) {
       b.inject("double-urc");
       CHECK(open_session(b) == framed("OK", "+QCOAPOPEN: 0,0", "+QCOAPOPEN: 0,0"));
     }},
    {"drop-input", check_lost_input},
    {"drop-result",
     [](Bench& b) {
       b.inject("drop-result");
       CHECK(b.at("+CFUN?") == framed("+CFUN: 1"));
     }},
    {"drop-urc",
     [](Bench& b) {
       b.inject("drop-urc");
       CHECK(open_session(b) == framed("OK"));
       CHECK(b.at("+QCOAPCLOSE=0") == framed("OK", "+QCOAPCLOSE: 0,0"));
     }},
    {"garbage", check_garbage},
    {"garble-input", check_garbled_input},
    {"place-urc", check_place},
    {"serial-clear", check_clear},
    {"truncate-urc", check_truncation},
    {"wrong-length", check_length},
};

}  // namespace

std::span<const Effect> line_effects() {
  return kLineEffects;
}

}  // namespace vmodem::testbed
