#include "firmware/journal/json.h"

#include <nlohmann/json.hpp>

#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::journal;
using nlohmann::json;

TEST_CASE("an entry is one JSON object with its fields behind what all have") {
  const Entry entry{12, Instant(1'234'567us), 11,
                    CoapSent{.client = 0,
                             .type = "CON",
                             .code = "0.01",
                             .message_id = 7,
                             .token = {0xAA},
                             .options = {{11, to_bytes("test")}},
                             .payload = {0x68, 0x69},
                             .timeout = 2500ms}};

  CHECK(to_json(entry) ==
        R"({"number":12,"at":1.234567,"because":11,"kind":"coap.sent","client":0,"type":"CON",)"
        R"("code":"0.01","message_id":7,"token":"aa","options":[{"number":11,"value":"74657374"}],)"
        R"("payload":"6869","timeout":2.500000})");
}

TEST_CASE("what is absent is null, and so is a secret") {
  CHECK(to_json({1, Instant(), 0, DtlsKeys{0, {"CLIENT_RANDOM 00 11"}}}) ==
        R"({"number":1,"at":0.000000,"because":null,"kind":"dtls.keys","client":0,"line":null})");
  const auto received = json::parse(to_json({1, Instant(), 0, CoapReceived{}}));
  CHECK(received["carried_by"].is_null());
  CHECK(json::parse(to_json({1, Instant(), 0, CoapSent{}}))["timeout"].is_null());
}

TEST_CASE("any octets of a text become a JSON string that reads back") {
  std::string all;
  for (int octet = 0; octet < 256; ++octet) all.push_back(static_cast<char>(octet));
  for (const auto& text : {all, std::string("\"\\\r\n\t\x01\x7F"), std::string("käse…"),
                           std::string("\xC0\x80\xED\xA0\x80\xF4\x90\x80\x80\xE2\x80")}) {
    const auto line = to_json({1, Instant(), 0, LineUrc{text, 0}});
    CHECK(line.find('\n') == std::string::npos);
    CHECK(json::accept(line));
  }
  CHECK(json::parse(to_json({1, Instant(), 0, LineUrc{"a\"\\\r\nkäse…", 0}}))["text"] ==
        "a\"\\\r\nkäse…");
}

TEST_CASE("the wall's time stands in an entry only where somebody tells it") {
  std::string line;
  append_json(line, {1, Instant(), 0, PowerState{"on"}}, CalendarTime(1'700'000'000'250ms));
  CHECK(json::parse(line)["wall"] == 1700000000.25);
  CHECK_FALSE(json::parse(to_json({1, Instant(), 0, PowerState{"on"}})).contains("wall"));
}

TEST_CASE("the schema names every kind, and requires what its entries have") {
  const auto schema = json::parse(json_schema());
  REQUIRE(schema["oneOf"].size() == kKindCount);
  for (std::size_t i = 0; i < kKindCount; ++i) {
    const auto& one = schema["oneOf"][i];
    CHECK(one["properties"]["kind"]["const"] == kinds()[i].name);
    CHECK(one["required"].size() == kinds()[i].fields.size() + 1);
  }
}
