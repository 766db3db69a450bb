// The simulated servers: what they hold, whom they tell, and answers in their place.
#include "tests/unit/control/control_bench.h"

using namespace vmodem;
using namespace vmodem::control;
using nlohmann::json;

namespace {

const std::string kServer = "/servers/198.51.100.7:5683";

}  // namespace

TEST_CASE("servers and their resources are listed") {
  ControlBench bench;
  const auto servers = bench.get("/servers")["servers"];
  CHECK(servers == bench.get("/state/servers"));
  CHECK(std::ranges::any_of(servers, [](const json& one) {
    return one["endpoint"] == "198.51.100.7:5684" && one["is_secured"] == true;
  }));
  const auto resources = bench.get(kServer + "/resources")["resources"];
  const auto test =
      std::ranges::find_if(resources, [](const json& one) { return one["path"] == "test"; });
  REQUIRE(test != resources.end());
  CHECK(bench.get(kServer + "/resources/test") == *test);
}

TEST_CASE("a server and a resource that are not there name those that are near") {
  ControlBench bench;
  const auto server = bench.refusal(404, "GET", "/servers/198.51.100.7:5685/resources");
  CHECK(server["field"] == "server");
  CHECK(server["detail"].get<std::string>().find("198.51.100.7:568") != std::string::npos);
  const auto resource = bench.refusal(404, "GET", kServer + "/resources/tets");
  CHECK(resource["field"] == "path");
  CHECK(resource["detail"].get<std::string>().find("\"test\"") != std::string::npos);
  bench.refusal(404, "PUT", kServer + "/resources/tets", R"({"payload":"a"})");
  bench.refusal(404, "DELETE", kServer + "/resources/tets");
  bench.refusal(404, "POST", kServer + "/notify/tets");
}

TEST_CASE("a resource is replaced, and the module hears the new content") {
  ControlBench bench;
  bench.connect();
  const auto shown = bench.ask("PUT", kServer + "/resources/test",
                               {{"hex", "6e65776572"}, {"content_format", 50}});
  CHECK(shown["representations"][0] ==
        json{{"content_format", 50}, {"hex", "6e65776572"}, {"payload", "newer"}});
  CHECK(bench.message("0,1").find("newer") != std::string::npos);
  bench.ask("DELETE", kServer + "/resources/test");
  CHECK(bench.get(kServer + "/resources/test")["exists"] == false);
  CHECK(bench.message("0,1").find("newer") == std::string::npos);
}

TEST_CASE("what a server was asked is told, and an override shows in the journal") {
  ControlBench bench;
  bench.connect();
  bench.post("/overrides/server", {{"path", "test"}, {"code", "4.04"}});
  bench.message("0,1");
  bench.remember();
  const auto requests = bench.get("/requests")["requests"];
  REQUIRE(requests.size() == 1);
  CHECK(requests[0]["path"] == "/test");
  const auto verdict = bench.post(
      "/verify",
      {{"order",
        {{{"kind", "server.request"}, {"where", {{"path", "/test"}}}},
         {{"kind", "server.answer"}, {"where", {{"code", "4.04"}}}},
         {{"kind", "line.urc"}, {"where", {{"text", {{"starts_with", "+QCOAPRECV"}}}}}}}}});
  CHECK(verdict["ok"] == true);
}

TEST_CASE("observers are told of a change, and without one") {
  ControlBench bench;
  bench.connect();
  bench.at("+QCOAPOPTION=0,0,0,11,\"obs\"");
  bench.at("+QCOAPOPTION=0,0,1,6,0");
  CHECK(bench.at("+QCOAPSEND=0,0,1,3,0").find("+QCOAPRECV") != std::string::npos);
  CHECK(bench.get(kServer + "/resources/obs")["observers"] == 1);
  CHECK(bench.post(kServer + "/notify/obs")["observers"] == 1);
  CHECK(bench.read().find("+QCOAPRECV") != std::string::npos);
  bench.ask("PUT", kServer + "/resources/obs", {{"payload", "changed now"}});
  bench.run_for(1s);
  CHECK(bench.get(kServer + "/resources/obs")["representations"][0]["payload"] == "changed now");
  bench.refusal(409, "POST", kServer + "/notify/test");
}

TEST_CASE("an override answers the requests that fit, so often") {
  ControlBench bench;
  bench.connect();
  bench.post("/overrides/server", {{"path", "/test"},
                                   {"method", "GET"},
                                   {"times", 1},
                                   {"code", "4.04"},
                                   {"payload", "gone fishing"}});
  CHECK(bench.message("0,2").find("gone fishing") == std::string::npos);
  const auto answer = bench.message("0,1");
  CHECK(answer.find("4.04") != std::string::npos);
  CHECK(answer.find("gone fishing") != std::string::npos);
  CHECK(bench.message("0,1").find("2.05") != std::string::npos);
  CHECK(bench.get("/overrides")["server"].empty());
}

TEST_CASE("an override fits by server, client and token too") {
  ControlBench bench;
  bench.connect();
  bench.at("+QCOAPHEADER=0,100,0,2,\"a1b2\"");
  const auto client = bench.get("/state/clients")[0]["local"];
  for (const auto& wrong : {json{{"token", "a1b3"}}, json{{"client", "100.64.0.2:1"}},
                            json{{"server", "198.51.100.7:5684"}}, json{{"method", "PUT"}}}) {
    auto body = wrong;
    body["code"] = "5.00";
    bench.post("/overrides/server", body);
  }
  CHECK(bench.message("0,1").find("2.05") != std::string::npos);
  bench.post("/overrides/server", {{"token", "A1B2"},
                                   {"client", client},
                                   {"server", "198.51.100.7:5683"},
                                   {"method", "GET"},
                                   {"code", "5.03"}});
  CHECK(bench.message("0,1").find("5.03") != std::string::npos);
  CHECK(bench.get("/overrides")["server"].size() == 5);
}

TEST_CASE("an override delays an answer, or keeps it") {
  ControlBench bench;
  bench.connect();
  bench.post("/overrides/server", {{"times", 1}, {"code", "2.05"}, {"delay", "1s"}});
  CHECK(bench.message("0,1").find("+QCOAPACK") == std::string::npos);
  CHECK(bench.run_for(1s).find("+QCOAPACK: 0,0,100,0") != std::string::npos);
  bench.post("/overrides/server", {{"silent", true}});
  bench.message("0,1");
  CHECK(bench.run_for(10min).find("+QCOAPACK: 0,0,101,-") != std::string::npos);
}
