#include "firmware/app/readiness.h"

#include <nlohmann/json.hpp>

#include "tests/support/catch.h"

using namespace vmodem::app;

TEST_CASE("programs get one line with the port, the link or null, the process and the control") {
  CHECK(to_json_line({"BG95-M3", "/dev/pts/5", "/tmp/vmodem", 42}) ==
        R"({"ready":true,"pty":"/dev/pts/5","link":"/tmp/vmodem","pid":42,)"
        R"("control":null,"control_token":null,"listen":[],"serve":[],"window":null})"
        "\n");
  CHECK(to_json_line({"BG95-M3",
                      "/dev/pts/5",
                      "",
                      42,
                      "tcp://127.0.0.1:9",
                      "/run/token",
                      {"unix:/run/a", "rfc2217://127.0.0.1:9"},
                      {{"coap.sim", "coap://127.0.0.1:5683"}},
                      "http://127.0.0.1:8080/?token=ab"}) ==
        R"({"ready":true,"pty":"/dev/pts/5","link":null,"pid":42,)"
        R"("control":"tcp://127.0.0.1:9","control_token":"/run/token",)"
        R"("listen":["unix:/run/a","rfc2217://127.0.0.1:9"],)"
        R"("serve":[{"host":"coap.sim","uri":"coap://127.0.0.1:5683"}],)"
        R"("window":"http://127.0.0.1:8080/?token=ab"})"
        "\n");
}

TEST_CASE("any path makes valid JSON of one line") {
  const auto line = to_json_line({"BG95-M3", "/dev/pts/5", "/tmp/\"quo\\ted\"\n\xFF", 42});
  CHECK(line.find('\n') == line.size() - 1);
  const auto json = nlohmann::json::parse(line);
  CHECK(json.at("link").get<std::string>().find("/tmp/\"quo\\ted\"\n") == 0);
}

TEST_CASE("people are told how to connect to the stable path and how to stop") {
  const auto text = to_human_text({"BG95-M3", "/dev/pts/5", "/tmp/vmodem", 42});
  CHECK(text.find("a BG95-M3 is ready on /tmp/vmodem (a link to /dev/pts/5).") !=
        std::string::npos);
  CHECK(text.find("picocom -b 115200 /tmp/vmodem") != std::string::npos);
  CHECK(text.find("kill 42") != std::string::npos);
}

TEST_CASE("without a link people connect to the port itself") {
  const auto text = to_human_text({"BG95-M3", "/dev/pts/5", "", 42});
  CHECK(text.find("ready on /dev/pts/5.") != std::string::npos);
  CHECK(text.find("picocom -b 115200 /dev/pts/5") != std::string::npos);
}

TEST_CASE("people are told where else a host may connect") {
  const auto text = to_human_text(
      {"BG95-M3", "/dev/pts/5", "", 42, "", "", {"unix:/run/a", "rfc2217://127.0.0.1:9"}});
  CHECK(text.find("or at:   unix:/run/a\n") != std::string::npos);
  CHECK(text.find("or at:   rfc2217://127.0.0.1:9\n") != std::string::npos);
}

TEST_CASE("people are told where simulated servers answer others") {
  const auto text = to_human_text(
      {"BG95-M3", "/dev/pts/5", "", 42, "", "", {}, {{"coap.sim", "coaps://[::1]:5684"}}});
  CHECK(text.find("  serves:  coap.sim at coaps://[::1]:5684\n") != std::string::npos);
}

TEST_CASE("people are told how to reach the control interface") {
  const auto text =
      to_human_text({"BG95-M3", "/dev/pts/5", "", 42, "tcp://127.0.0.1:9", "/run/token"});
  CHECK(text.find("vmodemctl --control tcp://127.0.0.1:9 --control-token /run/token state") !=
        std::string::npos);
}

TEST_CASE("people get the link of the live window") {
  const auto text = to_human_text(
      {"BG95-M3", "/dev/pts/5", "", 42, "", "", {}, {}, "http://127.0.0.1:8080/?token=ab"});
  CHECK(text.find("  window:  http://127.0.0.1:8080/?token=ab\n") != std::string::npos);
}
