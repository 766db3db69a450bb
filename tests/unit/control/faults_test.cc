// Verbs at once and later, what waits of them, and scenarios.
#include "firmware/testbed/verb.h"
#include "tests/unit/control/control_bench.h"

using namespace vmodem;
using namespace vmodem::control;
using nlohmann::json;

TEST_CASE("each verb of the table is described and has its route") {
  ControlBench bench;
  const auto verbs = bench.get("/verbs")["verbs"];
  CHECK(verbs.size() == testbed::verbs().size());
  const auto paths = bench.get("/openapi.json")["paths"];
  for (const auto& verb : verbs) {
    CHECK(paths.contains("/verbs/" + verb["name"].get<std::string>()));
  }
}

TEST_CASE("a verb happens at once, and its end waits for its duration") {
  ControlBench bench;
  const auto performed = bench.post("/verbs/link-down", {{"duration", "30s"}});
  CHECK(bench.get("/state/link")["is_down"] == true);
  const auto faults = bench.get("/faults")["faults"];
  REQUIRE(faults.size() == 1);
  CHECK(faults[0]["id"] == performed["id"]);
  CHECK(faults[0]["is_end"] == true);
  CHECK(faults[0]["at"] == 30.0);
  CHECK(faults[0]["text"] == "end of link-down 30s");
  bench.run_for(30s);
  CHECK(bench.get("/state/link")["is_down"] == false);
  CHECK(bench.get("/faults")["faults"].empty());
}

TEST_CASE("a verb that has happened tells its entry in the journal") {
  ControlBench bench;
  bench.post("/verbs/link-down", {{"when", "0s"}});
  const auto number = bench.post("/verbs/hang", {{"duration", "0s"}})["number"];
  bench.remember();
  const auto entry = bench.get("/why/" + number.dump())["entries"].back();
  CHECK(entry["kind"] == "fault.performed");
  CHECK(entry["verb"] == "hang");
  CHECK(entry["by"] == "control");
}

TEST_CASE("a verb waits for its trigger, whose time counts from the request") {
  ControlBench bench;
  bench.now = Instant{100s};
  bench.post("/verbs/link-down", {{"when", "10s"}});
  CHECK(bench.get("/state/faults")[0]["at"] == 110.0);
  bench.run_for(9s);
  CHECK(bench.get("/state/link")["is_down"] == false);
  bench.run_for(1s);
  CHECK(bench.get("/state/link")["is_down"] == true);
}

TEST_CASE("a verb waits for a command line, also where nobody waited for one before") {
  auto config = ControlBench::config();
  config.journal = {};
  ControlBench bench(config);
  CHECK(bench.post("/verbs/signal", {{"rsrp_dbm", -100}})["number"].is_null());
  bench.post("/verbs/drop-result", {{"when", "AT+CSQ#2"}});
  CHECK(bench.at("+CSQ").find("OK") != std::string::npos);
  CHECK(bench.get("/faults")["faults"].size() == 1);
  CHECK(bench.at("+CSQ").find("OK") == std::string::npos);
  CHECK(bench.get("/faults")["faults"].empty());
}

TEST_CASE("what waits can be removed, by its id or all") {
  ControlBench bench;
  const auto id = bench.post("/verbs/reset", {{"when", "RDY#*"}})["id"].dump();
  bench.post("/verbs/reset", {{"when", "1h"}});
  CHECK(bench.get("/faults")["faults"][1]["is_standing"] == true);
  CHECK(bench.ask("DELETE", "/faults/" + id)["removed"] == 1);
  bench.refusal(404, "DELETE", "/faults/" + id);
  bench.refusal(404, "DELETE", "/faults/x");
  CHECK(bench.ask("DELETE", "/faults")["removed"] == 1);
  CHECK(bench.get("/faults")["faults"].empty());
}

TEST_CASE("a scenario is loaded while it runs, listed and removed") {
  ControlBench bench;
  bench.now = Instant{50s};
  const auto loaded =
      bench.post("/scenarios", {{"text", "# two\n10s: link-down\n+QCOAPACK: drop-urc\n"}});
  CHECK(loaded == json{{"id", 1}, {"faults", 2}});
  bench.post("/scenarios", {{"text", "1s: signal -100\n"}});
  bench.run_for(1s);
  CHECK(bench.get("/scenarios")["scenarios"] ==
        json::array({{{"id", 1}, {"faults", 2}, {"waiting", 2}},
                     {{"id", 2}, {"faults", 1}, {"waiting", 0}}}));
  CHECK(bench.get("/faults")["faults"][0]["scenario"] == 1);
  bench.ask("DELETE", "/scenarios/1");
  bench.refusal(404, "DELETE", "/scenarios/1");
  bench.run_for(1h);
  CHECK(bench.get("/state/link")["is_down"] == false);
}

TEST_CASE("a scenario with mistakes is refused whole, with the place of the first") {
  ControlBench bench;
  const auto problem =
      bench.refusal(400, "POST", "/scenarios", R"({"text":"1s: reset\n2s: resset\n3s reset"})");
  CHECK(problem["detail"].get<std::string>().starts_with("line 2: there is no verb \"resset\""));
  CHECK(problem["detail"].get<std::string>().ends_with(", and 1 more"));
  CHECK(bench.get("/faults")["faults"].empty());
}

TEST_CASE("so many faults wait at most") {
  ControlBench bench;
  std::string text;
  for (std::size_t i = 0; i < testbed::Scenario::kPendingMax; ++i) text += "RDY#*: hang\n";
  bench.post("/scenarios", {{"text", text}});
  bench.refusal(409, "POST", "/scenarios", R"({"text":"RDY: hang"})");
  bench.refusal(409, "POST", "/verbs/hang", R"({"when":"RDY"})");
  bench.post("/verbs/signal", {{"rsrp_dbm", -100}});
}

TEST_CASE("a time beyond all time lines is never reached") {
  ControlBench bench;
  bench.now = Instant{10h};
  bench.post("/verbs/reset", {{"when", "2562047h"}});
  bench.post("/verbs/reset", {{"when", "urc#*+2562047h"}});
  bench.post("/serial/urc", {{"text", "+X"}});
  CHECK(bench.read() == testbed::framed("+X"));
  bench.run_for(1h);
  CHECK(bench.get("/faults")["faults"].size() == 3);
}
