// Several modems in one process, each used by one thread.
#include <thread>
#include <vector>

#include "tests/support/catch.h"
#include "tests/unit/library/host.h"

using namespace library_test;

namespace {

// A plain and a DTLS session, faults, the control interface, a wrong configuration.
std::string run() {
  std::string all = Host("seed = x").error();
  Host host("seed = 3\nfaults = [\"lose-uplink@uplink#2\"]");
  for (const char* line :
       {"ATE0\r", "AT+QFUPL=\"0_server.psk\",21\r", "password&736573616D65",
        "AT+QCOAPCFG=\"dtls\",0,1,0\r", "AT+QSSLCFG=\"ciphersuite\",0,0xC0A8\r",
        "AT+QCOAPOPEN=0,\"coap.sim\",5684\r", "AT+QCOAPOPEN=1,\"coap.sim\",5683\r",
        "AT+QCOAPSEND=1,0,1,1,0\r", "AT+QCOAPOPTION=0,0,0,11,\"secure\"\r",
        "AT+QCOAPSEND=0,0,1,1,0\r", "AT+QCOAPCLOSE=0\r"}) {
    all += host.say(line);
    // An upload that waits is given up.
    if (!std::string_view(line).starts_with("AT+QFUPL")) all += host.wait(10 * kSecond);
  }
  char* answer = nullptr;
  vmodem_request(host.modem(), host.now(), "GET", "/verbs", nullptr, &answer);
  all += answer;
  vmodem_free(answer);
  for (const auto& entry : host.journal()) all += entry.substr(0, entry.find("octets")) + "\n";
  return all;
}

}  // namespace

TEST_CASE("eight modems in eight threads are eight modems") {
  std::vector<std::string> outputs(8);
  std::vector<std::thread> threads;
  for (auto& output : outputs) threads.emplace_back([&] { output = run(); });
  for (auto& thread : threads) thread.join();
  const auto alone = run();
  CHECK(alone.find("Only within DTLS.") != std::string::npos);
  for (const auto& output : outputs) CHECK(output == alone);
}
