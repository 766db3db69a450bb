#include "tools/conform/selection.h"

#include "tests/support/catch.h"

namespace vmodem::conform {
namespace {

TEST_CASE("a star is any text, a question mark one octet") {
  CHECK(fits("note/5_examples/5_1", "note/*"));
  CHECK(fits("note/5_examples/5_1", "*5_1"));
  CHECK(fits("note/5_examples/5_1", "note/*/5_?"));
  CHECK(fits("a", "**a**"));
  CHECK(fits("", "*"));
  CHECK(fits("aab", "*ab"));
  CHECK_FALSE(fits("note/x", "note"));
  CHECK_FALSE(fits("note", "note?"));
  CHECK_FALSE(fits("", "?"));
}

TEST_CASE("each list wants one of its words to fit") {
  Script script;
  script.tags = {"slow", "dtls"};
  script.clauses = {"the note §3.3.1", "RFC 7252 §4.2"};
  script.ground = {Certainty::kRuled, "dialect.auto_ack"};
  CHECK(Selection{}.has("x", script));
  CHECK(Selection{.names = {"y", "x"}}.has("x", script));
  CHECK_FALSE(Selection{.names = {"y"}}.has("x", script));
  CHECK(Selection{.tags = {"dtls"}, .clauses = {"RFC 7252"}}.has("x", script));
  CHECK_FALSE(Selection{.tags = {"dtls"}, .clauses = {"RFC 7641"}}.has("x", script));
  CHECK_FALSE(Selection{.tags = {"DTLS"}}.has("x", script));
  CHECK(Selection{.certainties = {Certainty::kCaptured, Certainty::kRuled}}.has("x", script));
  CHECK_FALSE(Selection{.certainties = {Certainty::kDocumented}}.has("x", script));
}

}  // namespace
}  // namespace vmodem::conform
