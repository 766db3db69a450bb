// Whether something is in the journal: counts, order, and what came nearest.
#include "tests/unit/control/control_bench.h"

using namespace vmodem;
using namespace vmodem::control;
using nlohmann::json;

namespace {

journal::ServerRequest request_to(std::string path, std::string method = "POST") {
  return {.server = net::parse_endpoint("198.51.100.7:5683").value(),
          .client = net::parse_endpoint("100.64.0.2:49152").value(),
          .type = "CON",
          .method = std::move(method),
          .path = std::move(path),
          .message_id = 7,
          .token = {0xA1, 0xB2},
          .options = {{12, {50}}},
          .payload = to_bytes("hello")};
}

}  // namespace

TEST_CASE("an entry is expected so often") {
  ControlBench bench;
  bench.note(request_to("/rd"));
  const auto second = bench.note(request_to("/rd"));
  bench.note(request_to("/other"));
  const json what{{"kind", "server.request"}, {"where", {{"method", "POST"}, {"path", "/rd"}}}};
  const auto expect = [&](const json& count, journal::Number since = 0) {
    auto body = what;
    if (!count.is_null()) body["count"] = count;
    body["since"] = since;
    return bench.post("/verify", body)["ok"].get<bool>();
  };
  CHECK(expect(nullptr));
  CHECK(expect(2));
  CHECK_FALSE(expect(1));
  CHECK(expect(1, second - 1));
  CHECK(expect(0, second));
  CHECK(expect({{"min", 1}, {"max", 3}}));
  CHECK_FALSE(expect({{"max", 1}}));
  CHECK_FALSE(expect({{"min", 3}}));
  CHECK(bench.post("/verify", what)["matches"] == json::array({1, 2}));
}

TEST_CASE("each type of field is compared as what it is") {
  ControlBench bench;
  bench.note(request_to("/rd"));
  bench.note(journal::CoapSent{.client = 2,
                               .type = "CON",
                               .code = "0.01",
                               .message_id = 9,
                               .token = {},
                               .options = {},
                               .payload = {},
                               .timeout = 2500ms});
  bench.note(journal::ClientResult{.client = 0, .operation = "open", .result = -9, .why = "why"});
  bench.note(journal::DtlsEstablished{.client = 0, .is_resumed = true});
  const auto holds = [&](const char* kind, const json& where) {
    return bench.post("/verify", {{"kind", kind}, {"where", where}})["ok"].get<bool>();
  };
  CHECK(holds("server.request", {{"path", {{"starts_with", "/r"}, {"contains", "d"}}}}));
  CHECK_FALSE(holds("server.request", {{"path", {{"starts_with", "/r"}, {"contains", "x"}}}}));
  CHECK(holds("server.request", {{"payload", {{"text", "hello"}}}}));
  CHECK(holds("server.request", {{"payload", "68656C6C6F"}}));
  CHECK(holds("server.request", {{"payload", {{"starts_with", "6865"}}}}));
  CHECK(holds("server.request", {{"options", 12}, {"message_id", {{"min", 7}, {"max", 7}}}}));
  CHECK_FALSE(holds("server.request", {{"options", {{"has", 11}}}}));
  CHECK(holds("server.request", {{"server", "198.51.100.7:5683"}}));
  CHECK(holds("coap.sent", {{"timeout", 2.5}}));
  CHECK(holds("coap.sent", {{"timeout", "2500ms"}}));
  CHECK(holds("coap.sent", {{"timeout", {{"min", 2}, {"max", "3s"}}}}));
  CHECK_FALSE(holds("coap.sent", {{"timeout", nullptr}}));
  CHECK(holds("client.result", {{"result", -9}}));
  CHECK_FALSE(holds("client.result", {{"result", {{"min", -8}}}}));
  CHECK(holds("dtls.established", {{"is_resumed", true}}));
  CHECK_FALSE(holds("dtls.established", {{"is_resumed", false}}));
}

TEST_CASE("entries are expected in their order") {
  ControlBench bench;
  bench.note(journal::LineUrc{"+QCOAPRECV: 0,1", 0});
  bench.note(journal::LineCommand{"AT+QCOAPCLOSE=0"});
  const json closing{{"kind", "line.command"}, {"where", {{"text", {{"contains", "CLOSE"}}}}}};
  const auto order = [&](bool is_last) {
    return json{{"order",
                 {{{"kind", "line.urc"},
                   {"where", {{"text", {{"starts_with", "+QCOAPRECV"}}}}},
                   {"last", is_last}},
                  closing}}};
  };
  CHECK(bench.post("/verify", order(true))["matches"] == json::array({1, 2}));
  bench.note(journal::LineUrc{"+QCOAPRECV: 0,2", 0});
  CHECK(bench.post("/verify", order(false))["ok"] == true);
  const auto verdict = bench.post("/verify", order(true));
  CHECK(verdict["ok"] == false);
  CHECK(verdict["step"] == 1);
  CHECK(verdict["nearest"][0]["number"] == 2);
  CHECK(verdict["nearest"][0]["differs"].empty());
}

TEST_CASE("a failure names the nearest misses and what differs in them") {
  ControlBench bench;
  bench.note(request_to("/other", "GET"));
  const auto near = bench.note(request_to("/rd2"));
  bench.note(request_to("/else", "PUT"));
  bench.note(journal::LineCommand{"AT"});
  const auto verdict = bench.post(
      "/verify",
      {{"kind", "server.request"},
       {"where", {{"method", "POST"}, {"path", "/rd"}, {"payload", {{"text", "hello"}}}}}});
  CHECK(verdict["ok"] == false);
  REQUIRE(verdict["nearest"].size() == 3);
  CHECK(verdict["nearest"][0]["number"] == near);
  CHECK(verdict["nearest"][0]["differs"] == json::array({"path"}));
  CHECK(verdict["nearest"][0]["entry"]["path"] == "/rd2");
  CHECK(verdict["nearest"][1]["differs"] == json::array({"method", "path"}));
}

TEST_CASE("an expectation that nobody can hold is told what would be right") {
  struct Case {
    const char* body;
    const char* field;
    const char* hint;
  };
  ControlBench bench;
  for (const auto& [body, field, hint] : {
           Case{"{}", "kind", ""},
           Case{R"({"kind":"server.requst"})", "kind", "server.request"},
           Case{R"({"kind":"server.request","where":{"pth":"/"}})", "where.pth", "path"},
           Case{R"({"kind":"server.request","where":{"path":7}})", "where.path", ""},
           Case{R"({"kind":"server.request","where":{"path":{"min":7}}})", "where.path.min", ""},
           Case{R"({"kind":"server.request","where":{"token":"xyz"}})", "where.token", ""},
           Case{R"({"kind":"dtls.keys","where":{"line":"a"}})", "where.line", "secret"},
           Case{R"({"kind":"coap.sent","where":{"timeout":1e99}})", "where.timeout", ""},
           Case{R"({"kind":"coap.sent","count":-1})", "count", ""},
           Case{R"({"kind":"coap.sent","count":{"least":1}})", "count", ""},
           Case{R"({"order":[]})", "order", ""},
           Case{R"({"order":[{"kind":"line.urc"}],"kind":"line.urc"})", "kind", ""},
           Case{R"({"order":[{"kind":"line.urc","where":{"txt":""}}]})", "order[0].where.txt",
                "text"},
       }) {
    INFO(body);
    const auto problem = bench.refusal(400, "POST", "/verify", body);
    CHECK(problem["field"] == field);
    CHECK(problem["detail"].get<std::string>().find(hint) != std::string::npos);
  }
}

TEST_CASE("what has gone from the journal's memory is told") {
  ControlBench bench;
  for (int i = 0; i < 1005; ++i) bench.note(journal::LineCommand{"AT"});
  const json what{{"kind", "line.command"}};
  CHECK(bench.post("/verify", what)["is_complete"] == false);
  CHECK(bench.post("/verify", {{"kind", "line.command"}, {"since", 5}})["is_complete"] == true);
}

TEST_CASE("why an entry came about is told by text and by entries") {
  ControlBench bench;
  const auto command = bench.note(journal::LineCommand{"AT+QCOAPOPEN=0"});
  const auto result = bench.note(
      journal::ClientResult{.client = 0, .operation = "open", .result = -9, .why = "no answer"},
      command);
  const auto why = bench.get("/why/" + std::to_string(result));
  CHECK(why["number"] == result);
  CHECK(why["entries"].size() == 2);
  CHECK(why["entries"][0]["kind"] == "line.command");
  CHECK(why["text"].get<std::string>().find("#2") != std::string::npos);
  CHECK(bench.refusal(404, "GET", "/why/3")["right"] == "1–2");
  bench.refusal(404, "GET", "/why/x");
}

TEST_CASE("the requests to the servers are told from a number on") {
  ControlBench bench;
  bench.note(request_to("/a"));
  bench.note(journal::LineCommand{"AT"});
  bench.note(request_to("/b"));
  CHECK(bench.get("/requests")["requests"].size() == 2);
  const auto response = bench.request({"GET", "/requests", {{"since", "1"}}});
  const auto later = json::parse(response.body);
  CHECK(later["requests"][0]["path"] == "/b");
  CHECK(later["last"] == 3);
}
