#include "coap_core/token_generator.h"

#include <set>

#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::coap;

TEST_CASE("a generated token is the message ID, low octet first, and four octets of chance") {
  SeededRandom random(1);
  const Token token = generate_token(1234, random);
  REQUIRE(token.size() == 6);
  CHECK(token.view()[0] == 0xD2);
  CHECK(token.view()[1] == 0x04);
}

TEST_CASE("tokens of one message ID differ in their random octets") {
  SeededRandom random(1);
  std::set<Token> tokens;
  for (int i = 0; i < 1000; ++i) tokens.insert(generate_token(1234, random));
  CHECK(tokens.size() == 1000);
}

TEST_CASE("one seed repeats its tokens") {
  SeededRandom first(7);
  SeededRandom again(7);
  CHECK(generate_token(1, first) == generate_token(1, again));
}
