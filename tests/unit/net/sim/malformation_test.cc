#include "net/sim/description/malformation.h"

#include <map>

#include "coap_core/codec.h"
#include "tests/support/catch.h"
#include "tests/unit/net/sim/world_timeline.h"

namespace vmodem::sim {
namespace {

Bytes malformed_answer(Malformation malformation, std::string_view token = "a1") {
  WorldTimeline timeline(one_server(hello({{.malformation = malformation}})));
  timeline.send(con_get(0x1234, "r", {.token = token}));
  REQUIRE(timeline.received().size() == 1);
  return timeline.received().front().octets;
}

TEST_CASE("There is an answer for every fault that the decoder tells apart") {
  const std::map<Malformation, coap::DecodeFault> faults{
      {Malformation::kTooShort, coap::DecodeFault::kTooShort},
      {Malformation::kUnknownVersion, coap::DecodeFault::kUnknownVersion},
      {Malformation::kTokenLength, coap::DecodeFault::kTokenLength},
      {Malformation::kEmptyWithContent, coap::DecodeFault::kEmptyWithContent},
      {Malformation::kOptionReserved, coap::DecodeFault::kOptionReserved},
      {Malformation::kOptionTruncated, coap::DecodeFault::kOptionTruncated},
      {Malformation::kOptionNumber, coap::DecodeFault::kOptionNumber},
      {Malformation::kMarkerNoPayload, coap::DecodeFault::kMarkerNoPayload}};
  for (const auto& [malformation, fault] : faults) {
    for (const std::string_view token : {"", "a1", "0102030405060708"}) {
      CAPTURE(static_cast<int>(malformation), token);
      const auto answer = malformed_answer(malformation, token);
      const auto decoded = coap::decode(answer);
      REQUIRE_FALSE(decoded.has_value());
      CHECK(decoded.error().fault == fault);
    }
  }
}

TEST_CASE("A sound answer with an unknown critical option keeps everything else") {
  const auto answer = malformed_answer(Malformation::kUnknownCriticalOption);
  const auto decoded = coap::decode(answer);
  REQUIRE(decoded.has_value());
  CHECK(decoded->to_message().options == std::vector<coap::Option>{{65001, {0x78}}});
  CHECK(as_text(decoded->payload) == "hello");
}

TEST_CASE("A wrong token differs, also where the request had none") {
  for (const std::string_view token : {"", "a1"}) {
    const auto answer = malformed_answer(Malformation::kWrongToken, token);
    const auto decoded = coap::decode(answer);
    REQUIRE(decoded.has_value());
    CHECK(decoded->token != coap::Token(octets(token)));
    CHECK(decoded->message_id == 0x1234);
    CHECK(as_text(decoded->payload) == "hello");
  }
}

TEST_CASE("A wrong message ID, a reserved code and a request code differ in that alone") {
  const auto wrong_id = malformed_answer(Malformation::kWrongMessageId);
  CHECK(coap::decode(wrong_id)->message_id != 0x1234);
  CHECK(coap::decode(wrong_id)->code == coap::Code::kContent);

  const auto reserved = malformed_answer(Malformation::kReservedCode);
  CHECK(coap::code_class(coap::decode(reserved)->code) == 7);
  const auto as_request = malformed_answer(Malformation::kRequestCode);
  CHECK(coap::decode(as_request)->code == coap::Code::kGet);
  CHECK(coap::decode(as_request)->type == coap::Type::kAcknowledgement);
}

TEST_CASE("A malformed separate response is retransmitted until it is rejected") {
  WorldTimeline timeline(one_server(hello({{.form = AnswerForm::kSeparate,
                                            .delay = 1s,
                                            .malformation = Malformation::kMarkerNoPayload}})));
  timeline.send(con_get(1, "r"));
  timeline.run_to(3s);
  REQUIRE(timeline.received().size() == 3);
  const auto& answer = timeline.received().back().octets;
  CHECK(answer == timeline.received()[1].octets);
  timeline.send_octets(Bytes{0x70, 0x00, answer[2], answer[3]});
  timeline.run_to(100s);
  CHECK(timeline.received().size() == 3);
}

TEST_CASE("Malformations have names of their own") {
  std::set<std::string_view> names;
  std::set<Malformation> malformations;
  for (const auto& entry : malformation_names()) {
    names.insert(entry.name);
    malformations.insert(entry.malformation);
  }
  CHECK(names.size() == static_cast<std::size_t>(Malformation::kCount));
  CHECK(malformations.size() == names.size());
}

}  // namespace
}  // namespace vmodem::sim
