// What is to be seen, and that nothing secret is.
#include "tests/unit/control/control_bench.h"

using namespace vmodem;
using namespace vmodem::control;
using nlohmann::json;

TEST_CASE("the state has its parts, and each part is there alone") {
  ControlBench bench;
  const auto state = bench.get("/state");
  for (const auto* part : {"modem", "line", "card", "radio", "contexts", "clients", "exchanges",
                           "files", "servers", "link", "counters", "clock", "faults"}) {
    INFO(part);
    REQUIRE(state.contains(part));
    CHECK(bench.get(std::string("/state/") + part) == state[part]);
  }
  CHECK(state.size() == 13);
}

TEST_CASE("a client is shown with its presets, its slots and the ends of its session") {
  ControlBench bench;
  bench.connect();
  bench.at("+QCOAPHEADER=0,321,0,2,\"a1b2\"");
  const auto client = bench.get("/state/clients")[0];
  CHECK(client["status"] == 3);
  CHECK(client["remote"] == "198.51.100.7:5683");
  CHECK(client["local"].get<std::string>().starts_with("100.64.0.2:"));
  CHECK(client["next_message_id"] == 321);
  CHECK(client["token"] == "a1b2");
  CHECK(client["slots"] ==
        json::array({{{"index", 0}, {"number", 11}, {"hex", "74657374"}, {"payload", "test"}}}));
  CHECK(bench.get("/state/clients").size() == 6);
}

TEST_CASE("an exchange is shown with its next deadline") {
  ControlBench bench;
  bench.connect();
  bench.post("/verbs/link-down");
  bench.now += 1s;
  bench.message("0,1");
  auto exchange = bench.get("/state/exchanges").at(0);
  CHECK(exchange["message_id"] == 100);
  CHECK(exchange["code"] == "0.01");
  CHECK(exchange["retransmissions"] == 0);
  CHECK(exchange["next_deadline"] == 3.0);
  CHECK(bench.get("/state/clock")["next_deadline"] == 3.0);
  bench.run_for(2s);
  exchange = bench.get("/state/exchanges").at(0);
  CHECK(exchange["retransmissions"] == 1);
  CHECK(exchange["next_deadline"] == 7.0);
  CHECK(bench.get("/state/link")["is_down"] == true);
}

TEST_CASE("a module is idle that waits for its host only") {
  ControlBench bench;
  const auto is_idle = [&] { return bench.get("/state/clock")["is_idle"] == true; };
  bench.connect();
  bench.run_for(1min);
  CHECK(is_idle());

  SECTION("not while something is to happen") {
    bench.post("/verbs/lose-uplink");
    bench.message("0,1");
    CHECK_FALSE(is_idle());
    bench.run_for(10min);
    CHECK(is_idle());
  }
  SECTION("not behind a fault that will end") {
    bench.post("/verbs/hang", {{"duration", "10s"}});
    CHECK_FALSE(is_idle());
    bench.run_for(10s);
    CHECK(is_idle());
  }
  SECTION("behind one that never ends") {
    bench.post("/verbs/hang");
    CHECK(is_idle());
  }
}

TEST_CASE("files are shown by name and size, contexts by their addresses") {
  ControlBench bench;
  bench.at("+QFUPL=\"a.psk\",9", "id&112233");
  const auto files = bench.get("/state/files");
  CHECK(files["files"] == json::array({{{"name", "a.psk"}, {"size", 9}}}));
  CHECK(files["free"].get<std::int64_t>() < files["total"].get<std::int64_t>());
  const auto contexts = bench.get("/state/contexts");
  CHECK(contexts[0]["id"] == 1);
  CHECK(contexts[0]["has_bearer"] == true);
  CHECK(contexts[0]["addresses"].size() == 1);
}

TEST_CASE("what the network, the card and the power are shows at once") {
  ControlBench bench;
  CHECK(bench.get("/state/radio")["registration"] == 1);
  bench.post("/verbs/registration-denied", {{"cause", 11}});
  bench.read();
  CHECK(bench.get("/state/radio")["registration"] == 3);
  CHECK(bench.get("/state/card")["status"] == "ready");
  bench.post("/verbs/power-cut");
  bench.read();
  CHECK(bench.get("/state/modem")["power"] == "off");
  CHECK(bench.get("/state/modem")["has_supply"] == false);
  CHECK(bench.get("/state/card")["status"] == "off");
}

TEST_CASE("no PIN, password, key or content of a file is in the state") {
  ControlBench bench;
  bench.at("+CLCK=\"SC\",1,\"1234\"");
  bench.at("+CPWD=\"SC\",\"1234\",\"73519462\"");
  bench.at("+QICSGP=2,1,\"apn.two\",\"canary-user\",\"canary-password\",1");
  bench.at("+QFUPL=\"a.psk\",24", "canary-id&c0ffee00c0ffee");
  const auto state = bench.get("/state").dump();
  CHECK(state.find("apn.two") != std::string::npos);
  for (const auto* secret : {"73519462", "12345678", "canary", "c0ffee"}) {
    INFO(secret);
    CHECK(state.find(secret) == std::string::npos);
  }
}

TEST_CASE("the time is steered where the clock allows it") {
  ControlBench bench;
  bench.now = Instant{1500ms};
  const auto clock = bench.post("/time/pause");
  CHECK(clock["now"] == 1.5);
  CHECK(clock["is_paused"] == true);
  CHECK(clock["mode"] == "manual");
  bench.post("/time/advance", {{"duration", "90s"}});
  CHECK(bench.time.advanced == 90s);
  bench.post("/time/step");
  bench.post("/time/run");
  CHECK(bench.time.last == "run");
  bench.time.is_steerable = false;
  CHECK(bench.refusal(409, "POST", "/time/step")["detail"] ==
        "the clock \"real\" does not allow it");
  CHECK(bench.refusal(400, "POST", "/time/advance", R"({"duration":"soon"})")["field"] ==
        "duration");
}

TEST_CASE("without a clock and a capture nobody steers them") {
  ControlBench bench;
  Api api({bench.testbed, bench.ring});
  CHECK(api.handle(bench.now, {"POST", "/time/pause"}).status == 409);
  CHECK(api.handle(bench.now, {"POST", "/capture", {}, R"({"file":"a"})"}).status == 409);
  CHECK(api.handle(bench.now, {"DELETE", "/capture"}).status == 404);
  CHECK(json::parse(api.handle(bench.now, {"GET", "/state/clock"}).body)["mode"].is_null());
}

TEST_CASE("a capture begins, and ends once") {
  ControlBench bench;
  CHECK(bench.post("/capture", {{"file", "/tmp/a.pcapng"}})["file"] == "/tmp/a.pcapng");
  CHECK(bench.capture.file == "/tmp/a.pcapng");
  CHECK(bench.refusal(409, "POST", "/capture", R"({"file":"/nowhere"})")["detail"] ==
        "it cannot be written");
  CHECK(bench.ask("DELETE", "/capture")["file"].is_null());
  bench.refusal(404, "DELETE", "/capture");
}
