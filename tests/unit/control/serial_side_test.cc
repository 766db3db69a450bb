// What is put on the serial line, and answers in the place of the module's own.
#include "tests/unit/control/control_bench.h"

using namespace vmodem;
using namespace vmodem::control;
using nlohmann::json;
using testbed::framed;

TEST_CASE("a URC goes out without a reason, behind what runs") {
  ControlBench bench;
  bench.post("/serial/urc", {{"text", "+QIND: SMS DONE"}});
  CHECK(bench.read() == framed("+QIND: SMS DONE"));
  bench.send("AT+C");
  bench.post("/serial/urc", {{"text", "+LATE"}});
  CHECK(bench.read() == "");
  CHECK(bench.send("SQ\r").ends_with(framed("OK", "+LATE")));
  bench.post("/verbs/power-cut");
  bench.refusal(409, "POST", "/serial/urc", R"({"text":"RDY"})");
}

TEST_CASE("octets go in as if the host had sent them") {
  ControlBench bench;
  CHECK(bench.post("/serial/input", {{"text", "AT+CFUN?\r"}})["octets"] == 9);
  CHECK(bench.read() == framed("+CFUN: 1", "OK"));
  bench.post("/serial/input", {{"hex", "41540d"}});
  CHECK(bench.read() == framed("OK"));
}

TEST_CASE("octets wait for the end of a line that the host has begun") {
  ControlBench bench;
  bench.send("AT+CFU");
  bench.post("/serial/input", {{"text", "AT+CGATT?\r"}});
  CHECK(bench.read() == "");
  CHECK(bench.get("/state/link")["waiting_inputs"] == 1);
  CHECK(bench.send("N?\r") == framed("+CFUN: 1", "OK", "+CGATT: 1", "OK"));
  CHECK(bench.get("/state/link")["waiting_inputs"] == 0);
}

TEST_CASE("octets stay out of the host's data") {
  ControlBench bench;
  CHECK(bench.send("AT+QFUPL=\"a\",4\r") == "\r\nCONNECT\r\n");
  bench.post("/serial/input", {{"text", "AT+CGATT?\r"}});
  CHECK(bench.read() == "");
  CHECK(bench.send("1234").ends_with(framed("OK", "+CGATT: 1", "OK")));
  CHECK(bench.get("/state/files")["files"][0]["size"] == 4);
}

TEST_CASE("an input goes in whole, before what the host types next") {
  ControlBench bench;
  bench.send("AT+CFU");
  bench.post("/serial/input", {{"text", "AT+QFUPL=\"b\",5\rhello"}});
  CHECK(bench.send("N?\rAT+CGATT?\r").starts_with(framed("+CFUN: 1", "OK", "+CGATT: 1", "OK")));
  CHECK(bench.get("/state/files")["files"][0]["size"] == 5);
}

TEST_CASE("so many inputs wait at most") {
  ControlBench bench;
  bench.send("AT+CFU");
  for (std::size_t i = 0; i < testbed::Testbed::kTypedCountMax; ++i) {
    bench.post("/serial/input", {{"text", "AT\r"}});
  }
  bench.refusal(409, "POST", "/serial/input", R"({"text":"AT\r"})");
  bench.refusal(400, "POST", "/serial/input",
                json{{"text", std::string(testbed::Testbed::kTypedSizeMax + 1, 'a')}}.dump());
}

TEST_CASE("an override answers a command so often, in the place of the module") {
  ControlBench bench;
  const auto id = bench.post(
      "/overrides/serial", {{"command", "at+csq"}, {"lines", {"+CSQ: 1,99"}}, {"times", 2}})["id"];
  CHECK(bench.at("+CSQ") == framed("+CSQ: 1,99", "OK"));
  CHECK(bench.get("/overrides")["serial"] == json::array({{{"id", id},
                                                           {"command", "at+csq"},
                                                           {"lines", {"+CSQ: 1,99"}},
                                                           {"result", "OK"},
                                                           {"times", 1}}}));
  CHECK(bench.at("+CSQ=?") != framed("+CSQ: 1,99", "OK"));
  CHECK(bench.at("+CSQ") == framed("+CSQ: 1,99", "OK"));
  CHECK(bench.at("+CSQ") != framed("+CSQ: 1,99", "OK"));
  CHECK(bench.get("/overrides")["serial"].empty());
}

TEST_CASE("an override concerns its own command of a line, by its beginning too") {
  ControlBench bench;
  bench.post("/overrides/serial", {{"command", "AT+QCOAPOPEN=*"}, {"result", "+CME ERROR: 3"}});
  CHECK(bench.at("+CMEE=1;+CFUN?;+QCOAPOPEN=0,\"a\",1 ; +CGATT?") ==
        framed("+CFUN: 1") + framed("+CME ERROR: 3"));
  CHECK(bench.at("+CMEE=2;+QCOAPOPEN=0,\"a\",1") == framed("+CME ERROR: operation not allowed"));
  CHECK(bench.at("+CMEE=0;+QCOAPOPEN=0,\"a\",1") == framed("ERROR"));
  CHECK(bench.at("+QCOAPOPEN?") == framed("OK"));
}

TEST_CASE("an override answers what the module does not know, and no data are asked for") {
  ControlBench bench;
  CHECK(bench.at("+NEW=1") == framed("ERROR"));
  bench.post("/overrides/serial", {{"command", "AT+NEW=1"}, {"lines", {"a", "b"}}});
  CHECK(bench.at("+NEW=1") == "\r\na\r\nb\r\n" + framed("OK"));
  bench.post("/overrides/serial", {{"command", "AT+QFUPL*"}, {"result", "NO CARRIER"}});
  CHECK(bench.at("+QFUPL=\"a\",4") == framed("NO CARRIER"));
}

TEST_CASE("of several overrides the latest counts, and each can be removed") {
  ControlBench bench;
  const auto first = bench.post("/overrides/serial", {{"command", "AT*"}, {"result", "BUSY"}});
  const auto second = bench.post("/overrides/serial", {{"command", "AT+CSQ"}, {"lines", {"x"}}});
  CHECK(bench.at("+CSQ") == framed("x", "OK"));
  CHECK(bench.at("+CFUN?") == framed("BUSY"));
  bench.ask("DELETE", "/overrides/" + second["id"].dump());
  CHECK(bench.at("+CSQ") == framed("BUSY"));
  CHECK(bench.ask("DELETE", "/overrides")["removed"] == 1);
  bench.refusal(404, "DELETE", "/overrides/" + first["id"].dump());
  CHECK(bench.at("") == framed("OK"));
}

TEST_CASE("an override outlives a power-off") {
  ControlBench bench;
  bench.post("/overrides/serial", {{"command", "AT+CSQ"}, {"lines", {"x"}}});
  bench.post("/verbs/reset");
  bench.run_for(1s);
  bench.at("E0");
  CHECK(bench.at("+CSQ") == framed("x", "OK"));
}

TEST_CASE("so many overrides there are at most") {
  ControlBench bench;
  for (int i = 0; i < 256; ++i) {
    bench.post("/overrides/serial", {{"command", "AT+X"}});
    bench.post("/overrides/server", {{"code", "4.04"}});
  }
  bench.refusal(409, "POST", "/overrides/serial", R"({"command":"AT+X"})");
  bench.refusal(409, "POST", "/overrides/server", R"({"code":"4.04"})");
  CHECK(bench.ask("DELETE", "/overrides")["removed"] == 512);
}
