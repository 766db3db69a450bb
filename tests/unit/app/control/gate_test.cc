#include "firmware/app/control/gate.h"

#include <vector>

#include "tests/support/catch.h"

using namespace vmodem::app;

namespace {

const std::string kToken = "0123456789abcdef";

int status_of(const Gate& gate, const std::vector<HttpField>& fields) {
  const auto answer = gate.refuse({"GET", "/state", fields});
  return answer ? answer->status : 200;
}

}  // namespace

TEST_CASE("a port lets in who calls it by a name of loopback") {
  const Gate gate(false, "");
  for (const char* host : {"localhost", "LOCALHOST:80", "127.0.0.1", "127.0.0.1:8080", "127.8.8.8",
                           "[::1]", "[::1]:8080"}) {
    INFO(host);
    CHECK(status_of(gate, {{"Host", host}}) == 200);
  }
  for (const char* host : {"", "example.com", "localhost.example.com", "127.0.0.1.example.com",
                           "192.0.2.1", "[::2]:80", "localhost:80:80", "127.0.0.1]"}) {
    INFO(host);
    CHECK(status_of(gate, {{"Host", host}}) == 403);
  }
  CHECK(status_of(gate, {}) == 403);
  CHECK(status_of(gate, {{"Host", "localhost"}, {"host", "localhost"}}) == 403);
}

TEST_CASE("the host of a socket with a name does not matter") {
  CHECK(status_of(Gate(true, ""), {{"Host", "example.com"}}) == 200);
  CHECK(status_of(Gate(true, ""), {}) == 200);
}

TEST_CASE("pages come in from the own origin only") {
  const Gate port(false, "");
  const HttpField host{"Host", "localhost:8080"};
  CHECK(status_of(port, {host, {"Origin", "http://localhost:8080"}}) == 200);
  for (const char* origin : {"http://localhost", "http://localhost:8081", "https://localhost:8080",
                             "http://example.com", "null", ""}) {
    INFO(origin);
    CHECK(status_of(port, {host, {"Origin", origin}}) == 403);
  }
  CHECK(status_of(Gate(true, ""), {host, {"Origin", "http://localhost:8080"}}) == 403);
}

TEST_CASE("the token is the whole token, and its scheme is written in any case") {
  const Gate gate(true, kToken);
  CHECK(status_of(gate, {{"Authorization", "Bearer 0123456789abcdef"}}) == 200);
  CHECK(status_of(gate, {{"authorization", "bearer 0123456789abcdef"}}) == 200);
  for (const char* value :
       {"", "Bearer", "Bearer ", "Bearer 0123456789abcde", "Bearer 0123456789abcdeF",
        "Bearer 0123456789abcdef0", "Bearer  0123456789abcdef", "Basic 0123456789abcdef",
        "Bearer 0123456789abcdef0123456789abcdef", "0123456789abcdef"}) {
    INFO(value);
    CHECK(status_of(gate, {{"Authorization", value}}) == 401);
  }
  const auto refused = gate.refuse({"GET", "/", {}});
  REQUIRE(refused);
  CHECK(refused->fields.back() ==
        std::pair<std::string, std::string>("WWW-Authenticate", "Bearer realm=\"vmodem\""));
  CHECK(refused->body.find(kToken) == std::string::npos);
}

TEST_CASE("a body says how long it is, and is no longer than 1 MiB") {
  const Gate gate(true, "");
  CHECK(status_of(gate, {{"Content-Length", "1048576"}}) == 200);
  CHECK(status_of(gate, {{"Content-Length", "1048577"}}) == 413);
  CHECK(status_of(gate, {{"Content-Length", "99999999999999999999999"}}) == 413);
  CHECK(status_of(gate, {{"Content-Length", "-1"}}) == 400);
  CHECK(status_of(gate, {{"Content-Length", "12x"}}) == 400);
  CHECK(status_of(gate, {{"Content-Length", "1"}, {"Content-Length", "1"}}) == 400);
  CHECK(status_of(gate, {{"Transfer-Encoding", "chunked"}}) == 411);
}
