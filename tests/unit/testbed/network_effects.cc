#include "tests/support/catch.h"
#include "tests/unit/testbed/verb_effects.h"

namespace vmodem::testbed {
namespace {

// Whether a NON request is answered at once.
bool is_answered(Bench& bench) {
  return bench.message("1,1").find("+QCOAPRECV: 0,") != std::string::npos;
}

// The two datagrams are a request and its answer.
template <class Check>
void with_fault(Bench& bench, std::string_view deed, Check check) {
  bench.connect();
  bench.inject(deed);
  check();
  CHECK(is_answered(bench));
}

void check_corrupted(Bench& bench, std::string_view direction) {
  bench.connect();
  bench.inject("corrupt-" + std::string(direction));
  bench.message("1,1");
  CHECK(bench.has_trace("link: " + std::string(direction) + " datagram 1"));
  CHECK(bench.has_trace("corrupted"));
}

void check_delayed(Bench& bench, std::string_view deed) {
  with_fault(bench, deed, [&] {
    CHECK_FALSE(is_answered(bench));
    CHECK(bench.run_for(2999ms) == "");
    CHECK(bench.run_for(1ms).find("+QCOAPRECV: 0,") != std::string::npos);
  });
}

// Both sides take a copy for what it is.
void check_duplicated(Bench& bench, std::string_view direction) {
  with_fault(bench, "duplicate-" + std::string(direction), [&] {
    CHECK(is_answered(bench));
    CHECK(bench.has_trace("link: " + std::string(direction) + " datagram 1"));
    CHECK(bench.has_trace("duplicated"));
  });
}

void check_lost(Bench& bench, std::string_view deed) {
  with_fault(bench, deed, [&] {
    CHECK_FALSE(is_answered(bench));
    CHECK(bench.run_for(1h) == "");
  });
}

void check_link(Bench& bench) {
  bench.connect();
  bench.inject("link cat-m1-good");
  CHECK_FALSE(is_answered(bench));
  CHECK(bench.run_for(2s).find("+QCOAPRECV: 0,") != std::string::npos);
  bench.inject("link perfect");
  CHECK(is_answered(bench));
}

void check_deactivation(Bench& bench) {
  bench.connect();
  CHECK(bench.inject("pdp-deactivate") == framed("+QIURC: \"pdpdeact\",1", "+QCOAPCLOSE: 0,-4"));
  CHECK(bench.inject("pdp-deactivate 2") == "");
}

void check_activation_time(Bench& bench) {
  bench.inject("pdp-slow 3s");
  CHECK(bench.at("+QIACT=1") == "");
  CHECK(bench.run_for(2999ms) == "");
  CHECK(bench.run_for(1ms) == framed("OK"));
  bench.inject("pdp-slow 0s");
  CHECK(bench.at("+QIACT=2") == framed("OK"));
}

void check_reset(Bench& bench) {
  CHECK(bench.inject("reset") == "");
  CHECK(bench.run_for(1min) ==
        framed("RDY", "APP RDY", "+CFUN: 1", "+CPIN: READY", "+QUSIM: 1", "+QIND: SMS DONE"));
}

void check_signal(Bench& bench) {
  bench.inject("signal -110");
  CHECK(bench.at("+CSQ") == framed("+CSQ: 15,99", "OK"));
}

// One of two servers; the other one goes on.
void check_one_server(Bench& bench, const std::string& verb) {
  bench.connect();
  CHECK(bench.at("+QCOAPOPEN=1,\"220.180.239.212\",8028") == framed("OK", "+QCOAPOPEN: 1,0"));
  bench.inject(verb + " 10s 220.180.239.212:8028");
  CHECK(is_answered(bench));
  CHECK(bench.at("+QCOAPSEND=1,1,1,0,0").find("+QCOAPRECV") == std::string::npos);
  bench.run_for(10s);
  CHECK(bench.at("+QCOAPSEND=1,1,1,0,0").find("+QCOAPRECV: 1,") != std::string::npos);
}

void check_card_in_use(Bench& bench) {
  bench.at("+QSIMDET=1,0");
  bench.at("+QSIMSTAT=1");
  bench.inject("reset");
  bench.run_for(1min);
  CHECK(bench.inject("sim-remove") == framed("+QSIMSTAT: 1,0", "+CPIN: NOT READY"));
  CHECK(bench.inject("sim-insert") ==
        framed("+QSIMSTAT: 1,1", "+CPIN: READY", "+QUSIM: 1", "+QIND: SMS DONE"));
}

// The session stands, and every command that asks the card fails.
void check_card_trouble(Bench& bench) {
  bench.connect();
  bench.inject("sim-fails failure");
  for (const auto* command : {"+CPIN?", "+CPIN=1234", "+CIMI", "+CLCK=\"SC\",2", "+QPINC?",
                              "+CPWD=\"SC\",\"1234\",\"4321\"", "+CRSM=176,12258,0,0,10"}) {
    INFO(command);
    CHECK(bench.at(command) == framed("+CME ERROR: 13"));
  }
  CHECK(bench.at("+QCCID") == framed("ERROR"));
  CHECK(is_answered(bench));
}

void check_memory_in_session(Bench& bench) {
  bench.connect();
  bench.inject("memory-full");
  CHECK(bench.message("0,1") == framed("OK", "+QCOAPACK: 0,0,100,-8"));
  CHECK(bench.message("1,1") == framed("OK", "+QCOAPACK: 0,1,101,-8"));
  bench.inject("reset");  // and with it, all is free
  bench.run_for(1min);
  CHECK(bench.at("E0") == "ATE0\r" + framed("OK"));
  bench.connect();
}

constexpr Effect kNetworkEffects[] = {
    {"corrupt-downlink", [](Bench& b) { check_corrupted(b, "downlink"); }},
    {"corrupt-uplink", [](Bench& b) { check_corrupted(b, "uplink"); }},
    {"delay-downlink", [](Bench& b) { check_delayed(b, "delay-downlink 3s"); }},
    {"delay-uplink", [](Bench& b) { check_delayed(b, "delay-uplink 3s"); }},
    {"duplicate-downlink", [](Bench& b) { check_duplicated(b, "downlink"); }},
    {"duplicate-uplink", [](Bench& b) { check_duplicated(b, "uplink"); }},
    {"link", check_link},
    {"lose-downlink", [](Bench& b) { check_lost(b, "lose-downlink"); }},
    {"lose-uplink", [](Bench& b) { check_lost(b, "lose-uplink"); }},
    {"memory-full", check_memory_in_session},
    {"pdp-deactivate", check_deactivation},
    {"pdp-slow", check_activation_time},
    {"reset", check_reset},
    {"server-restart", [](Bench& b) { check_one_server(b, "server-restart"); }},
    {"server-silent", [](Bench& b) { check_one_server(b, "server-silent"); }},
    {"signal", check_signal},
    {"sim-fails", check_card_trouble},
    {"sim-remove", check_card_in_use},
};

}  // namespace

std::span<const Effect> network_effects() {
  return kNetworkEffects;
}

}  // namespace vmodem::testbed
