#include "coap_core/codec.h"

#include <array>

#include "coap_core/option_registry.h"
#include "tests/support/catch.h"
#include "tests/unit/coap_core/timeline.h"

using namespace vmodem;
using namespace vmodem::coap;

namespace {

struct Form {
  const char* name;
  Message message;
  const char* wire;
};

std::vector<Form> forms() {
  using enum Type;
  return {
      {"confirmable request with everything",
       message(kConfirmable, Code::kGet, 1234,
               {.token = "d204d52e814b1122",
                .options = {{11, to_bytes("19")}, {12, {40}}},
                .payload = "Hello, CoAP Message!"}),
       "48 01 04d2 d204d52e814b1122 b2 3139 11 28 ff 48656c6c6f2c20436f4150204d65737361676521"},
      {"confirmable request, header only", message(kConfirmable, Code::kPut, 1), "40 03 0001"},
      {"non-confirmable request",
       message(kNonConfirmable, Code::kPost, 0xFFFF, {.token = "00", .payload = "x"}),
       "51 02 ffff 00 ff 78"},
      {"ping", message(kConfirmable, Code::kEmpty, 7), "40 00 0007"},
      {"empty acknowledgement", message(kAcknowledgement, Code::kEmpty, 7), "60 00 0007"},
      {"reset", message(kReset, Code::kEmpty, 7), "70 00 0007"},
      {"piggybacked response",
       message(kAcknowledgement, Code::kContent, 1234, {.token = "d204", .payload = "ok"}),
       "62 45 04d2 d204 ff 6f6b"},
      {"separate response", message(kConfirmable, Code::kNotFound, 0x8000, {.token = "aabbcc"}),
       "43 84 8000 aabbcc"},
      {"notification",
       message(kNonConfirmable, Code::kContent, 2, {.token = "01", .options = {{6, {1, 2}}}}),
       "51 45 0002 01 62 0102"},
      {"zero-length options",
       message(kConfirmable, Code::kGet, 1, {.options = {{5, {}}, {17, {}}}}), "40 01 0001 50 c0"},
      {"equal numbers",
       message(kConfirmable, Code::kGet, 1, {.options = {{11, {'b'}}, {11, {'a'}}}}),
       "40 01 0001 b1 62 01 61"},
      {"one-octet extensions",
       message(kConfirmable, Code::kGet, 1, {.options = {{60, Bytes(13, 0xEE)}}}),
       "40 01 0001 dd 2f 00 eeeeeeeeeeeeeeeeeeeeeeeeee"},
      {"two-octet extension of the number",
       message(kConfirmable, Code::kGet, 1, {.options = {{269, {}}, {0xFFFF, {9}}}}),
       "40 01 0001 e0 0000 e1 fde5 09"},
  };
}

}  // namespace

TEST_CASE("every message form has one encoding, and it decodes to itself") {
  for (const Form& form : forms()) {
    INFO(form.name);
    const Bytes wire = octets(form.wire);
    CHECK(encode(form.message) == wire);

    const auto decoded = decode(wire);
    REQUIRE(decoded);
    CHECK(decoded->to_message() == form.message);
  }
}

TEST_CASE("long values use two-octet lengths") {
  for (const std::size_t size : {268U, 269U, 1034U, 65804U}) {
    const auto sent =
        message(Type::kConfirmable, Code::kGet, 1, {.options = {{35, Bytes(size, 'u')}}});
    const auto wire = encode(sent);
    const auto decoded = decode(wire);
    INFO("size " << size);
    REQUIRE(decoded);
    CHECK(decoded->to_message() == sent);
    CHECK(wire.size() == 4 + (size < 269 ? 3 : 4) + size);
  }
}

TEST_CASE("options are sorted by number and equal numbers keep their order") {
  const auto sent =
      message(Type::kConfirmable, Code::kGet, 1,
              {.options = {{15, {'q'}}, {11, {'b'}}, {12, {40}}, {11, {'a'}}, {3, {'h'}}}});
  CHECK(encode(sent) == octets("40 01 0001  31 68  81 62  01 61  11 28  31 71"));
}

TEST_CASE("a decoded message borrows the datagram and walks its options") {
  const Bytes wire = octets("42 01 04d2 d204 b2 3139 11 28 ff 6869");
  const auto view = decode(wire);
  REQUIRE(view);
  CHECK(view->type == Type::kConfirmable);
  CHECK(view->code == Code::kGet);
  CHECK(view->message_id == 1234);
  CHECK(view->token == Token(octets("d204")));
  CHECK(view->payload.data() == wire.data() + 12);
  REQUIRE(view->options.size() == 2);

  auto option = view->options.begin();
  CHECK(option->number == 11);
  CHECK(as_text(option->value) == "19");
  ++option;
  CHECK(option->number == 12);
  CHECK(option->value.data() == wire.data() + 10);
  option++;
  CHECK(option == view->options.end());
}

TEST_CASE("a message without options has an empty sequence") {
  const Bytes wire = octets("40 01 0001 ff 00");
  const auto view = decode(wire);
  REQUIRE(view);
  CHECK(view->options.size() == 0);
  CHECK(view->options.begin() == view->options.end());
  CHECK(OptionSequence().begin() == OptionSequence().end());
}

TEST_CASE("each unsound encoding has its fault") {
  struct Case {
    const char* wire;
    DecodeFault fault;
  };
  constexpr std::array kCases = std::to_array<Case>({
      {"", DecodeFault::kTooShort},
      {"40 01 00", DecodeFault::kTooShort},
      {"00 01 0001", DecodeFault::kUnknownVersion},
      {"80 01 0001", DecodeFault::kUnknownVersion},
      {"c0 01 0001", DecodeFault::kUnknownVersion},
      {"49 01 0001 000000000000000000", DecodeFault::kTokenLength},
      {"4f 01 0001 000000000000000000000000000000", DecodeFault::kTokenLength},
      {"44 01 0001 aabbcc", DecodeFault::kTokenLength},
      {"41 00 0001 aa", DecodeFault::kEmptyWithContent},
      {"40 00 0001 b1 78", DecodeFault::kEmptyWithContent},
      {"40 00 0001 ff 78", DecodeFault::kEmptyWithContent},
      {"70 00 0001 00", DecodeFault::kEmptyWithContent},
      {"40 01 0001 f0", DecodeFault::kOptionReserved},
      {"40 01 0001 0f", DecodeFault::kOptionReserved},
      {"40 01 0001 b1 78 f1 00", DecodeFault::kOptionReserved},
      {"40 01 0001 b2 78", DecodeFault::kOptionTruncated},
      {"40 01 0001 d0", DecodeFault::kOptionTruncated},
      {"40 01 0001 e0 00", DecodeFault::kOptionTruncated},
      {"40 01 0001 0d", DecodeFault::kOptionTruncated},
      {"40 01 0001 0e 00", DecodeFault::kOptionTruncated},
      {"40 01 0001 0d 00 0102", DecodeFault::kOptionTruncated},
      {"40 01 0001 e0 fef3", DecodeFault::kOptionNumber},
      {"40 01 0001 e0 ffff", DecodeFault::kOptionNumber},
      {"40 01 0001 e0 fef2 10", DecodeFault::kOptionNumber},
      {"40 01 0001 ff", DecodeFault::kMarkerNoPayload},
      {"40 01 0001 b1 78 ff", DecodeFault::kMarkerNoPayload},
  });
  for (const Case& unsound : kCases) {
    INFO(unsound.wire);
    const Bytes wire = octets(unsound.wire);
    const auto decoded = decode(wire);
    REQUIRE_FALSE(decoded);
    CHECK(decoded.error().fault == unsound.fault);
  }
}

TEST_CASE("a fault behind a sound header tells type and message ID, as the answer needs them") {
  const Bytes wire = octets("50 01 04d2 ff");
  const auto decoded = decode(wire);
  REQUIRE_FALSE(decoded);
  CHECK(decoded.error().type == Type::kNonConfirmable);
  CHECK(decoded.error().message_id == 1234);

  const Bytes other_version = octets("90 01 04d2");
  const auto unknown = decode(other_version);
  REQUIRE_FALSE(unknown);
  CHECK_FALSE(unknown.error().type);
  CHECK_FALSE(unknown.error().message_id);
}

TEST_CASE("encode_into writes exactly what fits and nothing where one octet is missing") {
  const Bytes wire = octets("42 01 04d2 d204 b2 3139 d1 2f 28 ff 6869");
  const auto view = decode(wire);
  REQUIRE(view);
  const std::vector<OptionView> options = {{11, view->options.begin()->value},
                                           {71, ByteView(wire).subspan(11, 1)}};
  const EncodeFields fields{.type = view->type,
                            .code = view->code,
                            .message_id = view->message_id,
                            .token = &view->token,
                            .options = options,
                            .payload = view->payload};
  for (std::size_t room = 0; room < wire.size(); ++room) {
    Bytes out(room);
    INFO("room " << room);
    CHECK_FALSE(encode_into(fields, out));
  }
  Bytes out(wire.size());
  CHECK(encode_into(fields, out) == wire.size());
  CHECK(out == wire);
}

TEST_CASE("encode_into refuses an option that no length can announce") {
  const Bytes value(65805);
  const std::array option{OptionView{35, value}};
  Bytes out(70000);
  CHECK_FALSE(encode_into({.options = option}, out));
}

TEST_CASE("encode_into writes illegal combinations when told to") {
  Bytes out(16);
  const Token token(octets("aa"));
  const auto size = encode_into(
      {.type = Type::kReset, .code = static_cast<Code>(0xE1), .message_id = 1, .token = &token},
      out);
  REQUIRE(size == 5U);
  out.resize(*size);
  CHECK(out == octets("71 e1 0001 aa"));
}

TEST_CASE("unsigned integers have no leading zeros, and zero is no octets") {
  CHECK(encode_uint(0).empty());
  CHECK(encode_uint(40) == octets("28"));
  CHECK(encode_uint(256) == octets("0100"));
  CHECK(encode_uint(0xFFFFFFFFFFFFFFFF) == octets("ffffffffffffffff"));
}

TEST_CASE("a receiver of unsigned integers accepts leading zeros up to eight significant octets") {
  CHECK(decode_uint({}) == 0U);
  CHECK(decode_uint(octets("00")) == 0U);
  CHECK(decode_uint(octets("000028")) == 40U);
  CHECK(decode_uint(octets("00 ffffffffffffffff")) == 0xFFFFFFFFFFFFFFFF);
  CHECK_FALSE(decode_uint(octets("01 0000000000000000")));
}

TEST_CASE("codes print as class, dot and two digits") {
  CHECK(to_string(Code::kEmpty) == "0.00");
  CHECK(to_string(Code::kPost) == "0.02");
  CHECK(to_string(Code::kContinue) == "2.31");
  CHECK(to_string(Code::kNotFound) == "4.04");
  CHECK(to_string(static_cast<Code>(255)) == "7.31");
}

TEST_CASE("tokens compare by their octets and their number") {
  CHECK(Token(octets("00")) != Token());
  CHECK(Token(octets("0102")) == Token(octets("0102")));
  CHECK(Token(octets("0102")) != Token(octets("0103")));
}
