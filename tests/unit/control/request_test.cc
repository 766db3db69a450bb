// Which requests are understood, and what those are told that are not.
#include <algorithm>

#include "firmware/control/route_table.h"
#include "tests/unit/control/control_bench.h"

using namespace vmodem;
using namespace vmodem::control;
using nlohmann::json;

TEST_CASE("the interface says what there is to be asked for") {
  ControlBench bench;
  const auto about = bench.get("/");
  CHECK(about["name"] == "vmodem");
  CHECK(about["version"] == "1.2.3");
  CHECK(about["paths"].size() == route_infos().size());
  const auto document = bench.get("/openapi.json");
  CHECK(document["openapi"] == "3.1.0");
  for (const auto& route : route_infos()) CHECK(document["paths"].contains(route.path));
}

TEST_CASE("the commands are those of the table, with what they take") {
  ControlBench bench;
  const auto commands = bench.get("/commands")["commands"];
  const auto send = std::ranges::find_if(
      commands, [](const json& command) { return command["name"] == "+QCOAPSEND"; });
  REQUIRE(send != commands.end());
  CHECK((*send)["family"] == "CoAP");
  CHECK((*send)["forms"] == json{"test", "write"});
  CHECK((*send)["parameters"][0]["name"] == "clientID");
  CHECK((*send)["parameters"][0]["allowed"] == "(0-5)");
  CHECK((*send)["parameters"][0]["is_optional"] == false);
  CHECK((*send)["parameters"].back()["is_optional"] == true);
}

TEST_CASE("without a page there is no window to open") {
  ControlBench bench;
  CHECK(bench.refusal(409, "POST", "/window")["detail"] == "there is no page here");
}

TEST_CASE("no two routes answer the same request") {
  std::set<std::string> requests;
  for (const auto& route : route_infos()) {
    CHECK(requests.insert(std::string(route.method) + " " + route.path).second);
  }
}

TEST_CASE("an unknown path names those that are near") {
  ControlBench bench;
  const auto problem = bench.refusal(404, "GET", "/state/clint");
  CHECK(problem["title"] == "Not Found");
  CHECK(problem["detail"].get<std::string>().find("/state/clients") != std::string::npos);
  CHECK(bench.refusal(404, "POST", "/verbs/resset")["detail"].get<std::string>().find(
            "\"/verbs/reset\"") != std::string::npos);
  for (const auto* path : {"", "state", "/state/", "//", "/why", "/why/1/2"}) {
    bench.refusal(404, "GET", path);
  }
}

TEST_CASE("a method that a path does not have is told those that it has") {
  ControlBench bench;
  CHECK(bench.refusal(405, "PUT", "/faults")["right"] == "GET, DELETE");
  CHECK(bench.refusal(405, "get", "/state")["right"] == "GET");
}

TEST_CASE("a body that is not what it is to be is told which member is wrong, and what is right") {
  struct Case {
    const char* path;
    const char* body;
    const char* field;
  };
  ControlBench bench;
  for (const auto& [path, body, field] :
       {Case{"/verbs/signal", "{}", "rsrp_dbm"},
        Case{"/verbs/signal", R"({"rsrp_dbm":-20})", "rsrp_dbm"},
        Case{"/verbs/signal", R"({"rsrp_dbm":1e300})", "rsrp_dbm"},
        Case{"/verbs/signal", R"({"rsrp_dbm":18446744073709551615})", "rsrp_dbm"},
        Case{"/verbs/hang", R"({"duration":"25h"})", "duration"},
        Case{"/verbs/hang", R"({"duration":3})", "duration"},
        Case{"/verbs/hang", R"({"length":"3s"})", "length"},
        Case{"/verbs/hang", R"({"when":"tomorrow"})", "when"},
        Case{"/verbs/server-silent", R"({"server":"nowhere"})", "server"},
        Case{"/verbs/link", R"({"preset":"perfekt"})", "preset"},
        Case{"/scenarios", R"({"text":"10s: resset"})", "text"},
        Case{"/serial/urc", R"({"text":"a\nb"})", "text"},
        Case{"/serial/input", "{}", "text"},
        Case{"/serial/input", R"({"text":"AT\r","hex":"0d"})", "hex"},
        Case{"/overrides/serial", R"({"command":"AT","result":"FINE"})", "result"},
        Case{"/overrides/serial", R"({"command":"AT","lines":["a\rb"]})", "lines"},
        Case{"/overrides/serial", R"({"command":"AT","times":0})", "times"},
        Case{"/overrides/server", R"({"path":"a"})", "code"},
        Case{"/overrides/server", R"({"code":"1.00"})", "code"},
        Case{"/overrides/server", R"({"code":"4.04","token":"000000000000000000"})", "token"},
        Case{"/overrides/server", R"({"code":"4.04","delay":"99999h"})", "delay"}}) {
    INFO(path << " " << body);
    const auto problem = bench.refusal(400, "POST", path, body);
    CHECK(problem["field"] == field);
    CHECK_FALSE(problem.value("right", "").empty());
  }
  CHECK(bench.refusal(400, "POST", "/verbs/link", R"({"preset":"perfekt"})")["detail"]
            .get<std::string>()
            .find("did you mean \"perfect\"") != std::string::npos);
}

TEST_CASE("a body that is no JSON object or too large is refused") {
  ControlBench bench;
  bench.refusal(400, "POST", "/verbs/reset", "{");
  bench.refusal(400, "POST", "/verbs/reset", "[]");
  bench.refusal(400, "POST", "/verbs/reset", "\"\xFF\"");
  bench.refusal(400, "POST", "/verbs/reset", std::string(100000, '['));
  bench.refusal(413, "POST", "/scenarios", std::string(Api::kBodySizeMax + 1, ' '));
}

TEST_CASE("a mistake of a megabyte is told in few words") {
  ControlBench bench;
  const auto name = std::string(500000, 'a');
  for (const auto& body : {json{{name, 1}}, json{{"duration", name}}}) {
    const auto response = bench.request({"POST", "/verbs/hang", {}, body.dump()});
    CHECK(response.status == 400);
    CHECK(response.body.size() < 2000);
  }
  CHECK(bench.request({"GET", "/" + name}).body.size() < 2000);
}

TEST_CASE("a parameter of the query is checked, too") {
  ControlBench bench;
  CHECK(bench.request({"GET", "/requests", {{"since", "3"}}}).status == 200);
  CHECK(bench.request({"GET", "/requests", {{"since", "-3"}}}).status == 400);
  CHECK(bench.request({"GET", "/requests", {{"sinc", "3"}}}).status == 400);
  CHECK(bench.request({"GET", "/state", {{"since", "3"}}}).status == 400);
}
