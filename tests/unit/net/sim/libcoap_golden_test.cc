// Request and answer as they went over loopback to coap-server-notls of libcoap 4.3.1 (Debian 12).
#include "firmware/base/hex.h"
#include "tests/support/catch.h"
#include "tests/unit/net/sim/world_timeline.h"

namespace vmodem::sim {
namespace {

using std::chrono::November;

constexpr std::string_view kIndexAnswer =
    "d30102ffff ff"
    "546869732069732061207465737420736572766572206d6164652077697468206c6962636f6170202873656520"
    "68747470733a2f2f6c6962636f61702e6e6574290a436f707972696768742028432920323031302d2d323032"
    "32204f6c616620426572676d616e6e203c626572676d616e6e40747a692e6f72673e20616e64206f74686572"
    "730a0a";

struct Exchange {
  std::string_view name;
  std::string request;
  std::string answer;  // empty: none
};

// The clock of the world stands where the server's stood.
WorldConfig at_the_time_of_the_capture(std::chrono::seconds since_21_37) {
  WorldConfig world;
  add_libcoap_examples(world);
  world.calendar_start = std::chrono::sys_days{std::chrono::year{2026} / November / 22} +
                         std::chrono::hours(21) + std::chrono::minutes(37) + since_21_37;
  return world;
}

void check(WorldTimeline& timeline, const Exchange& exchange) {
  INFO(exchange.name);
  const auto before = timeline.received().size();
  timeline.send_octets(octets(exchange.request));
  if (exchange.answer.empty()) {
    CHECK(timeline.received().size() == before);
    return;
  }
  REQUIRE(timeline.received().size() == before + 1);
  CHECK(to_hex_lower(timeline.received().back().octets) == to_hex_lower(octets(exchange.answer)));
}

TEST_CASE("libcoap's example server is repeated octet by octet") {
  const Exchange exchanges[] = {
      {"CON GET /", "41 01 0101 a1", "61 45 0101 a1" + std::string(kIndexAnswer)},
      {"NON GET /, answered under its message ID", "51 01 0102 a1",
       "51 45 0102 a1" + std::string(kIndexAnswer)},
      {"POST /", "41 02 0103 a1", "61 85 0103 a1 ff 4d6574686f64204e6f7420416c6c6f776564"},
      {"the note's POST /19",
       "54 02 04d2 d204d52e b23139 1128 ff "
       "48656c6c6f20436f4150204d6573736167652120",
       "54 84 04d2 d204d52e ff 4e6f7420466f756e64"},
      {"CON POST /19", "44 02 0104 d204d52e b23139 ff 78",
       "64 84 0104 d204d52e ff 4e6f7420466f756e64"},
      {"GET of an unknown path", "41 01 0105 a2 b46e6f7065", "61 84 0105 a2 ff 4e6f7420466f756e64"},
      {"PUT of an unknown path", "41 03 0106 a2 b46e6f7065 ff 78",
       "61 84 0106 a2 ff 4e6f7420466f756e64"},
      {"DELETE of an unknown path", "41 04 0107 a2 b46e6f7065", "61 42 0107 a2 ff 44656c65746564"},
      {"FETCH of an unknown path", "41 05 0117 a2 b46e6f7065",
       "61 84 0117 a2 ff 4e6f7420466f756e64"},
      {"POST /time", "41 02 010a a3 b474696d65 ff 78",
       "61 85 010a a3 ff 4d6574686f64204e6f7420416c6c6f776564"},
      {"PUT /time", "41 03 020d a6 b474696d65", "61 44 020d a6"},
      {"an unknown critical option", "41 01 0118 a9 91 78",
       "61 82 0118 a9 ff 426164204f7074696f6e"},
      {"an unknown critical option, NON", "51 01 0119 a9 91 78", "70 00 0119"},
      {"Proxy-Uri", "41 01 0122 a9 d916 636f61703a2f2f782f",
       "61 a5 0122 a9 ff 50726f7879696e67204e6f7420537570706f72746564"},
      {"/async?0", "41 01 0127 a8 b56173796e63 4130", "61 80 0127 a8"},
  };
  WorldTimeline timeline(at_the_time_of_the_capture(0s));
  timeline.set_server(kLibcoap);
  for (const auto& exchange : exchanges) check(timeline, exchange);
}

TEST_CASE("libcoap's ping and its answers to faults are repeated octet by octet") {
  const Exchange exchanges[] = {
      {"ping", "40 00 0114", "70 00 0114"},
      {"version 3", "c0 01 0101", "70 00 0000"},
      {"TKL 9", "49 01 0123 010203040506070809", "70 00 0123"},
      {"marker without payload", "40 01 0124 ff", "70 00 0124"},
      {"reserved delta", "40 01 0125 f0", "70 00 0125"},
      {"empty message with payload", "40 00 0126 ff 61", "70 00 0126"},
      {"code 1.00", "40 20 0128", "70 00 0128"},
      {"ACK of nothing", "60 00 0129", ""},
      {"RST of nothing", "70 00 012a", ""},
      {"NON response to nothing", "51 45 0132 b1", ""},
  };
  WorldTimeline timeline(at_the_time_of_the_capture(0s));
  timeline.set_server(kLibcoap);
  for (const auto& exchange : exchanges) check(timeline, exchange);
}

// In a session of its own: of several empty messages libcoap answers every other.
TEST_CASE("libcoap answers an empty NON by RST") {
  WorldTimeline timeline(at_the_time_of_the_capture(0s));
  timeline.set_server(kLibcoap);
  check(timeline, {"empty NON", "50 00 0115", "70 00 0115"});
}

TEST_CASE("libcoap's clock is repeated octet by octet") {
  WorldTimeline timeline(at_the_time_of_the_capture(5s));
  timeline.set_server(kLibcoap);
  check(timeline, {"GET /time", "41 01 0108 a3 b474696d65",
                   "61 45 0108 a3 d10101 ff 4e6f762032322032313a33373a3035"});
  timeline.run_to(1s);
  check(timeline, {"GET /time?ticks", "41 01 0109 a3 b474696d65 45 7469636b73",
                   "61 45 0109 a3 d10101 ff 31373935333833343236"});
  timeline.run_to(12s);
  check(timeline, {"GET /time with If-Match", "41 01 0129 a9 11 78 a474696d65",
                   "61 45 0129 a9 d10101 ff 4e6f762032322032313a33373a3137"});
}

TEST_CASE("libcoap's observation of /time begins at 2, ticks each second and ends by Observe 1") {
  WorldTimeline timeline(at_the_time_of_the_capture(22s));
  timeline.set_server(kLibcoap);
  timeline.set_polite(true);
  check(timeline, {"register", "41 01 0140 c1 60 54 74696d65",
                   "61 45 0140 c1 6102 8101 ff 4e6f762032322032313a33373a3232"});
  timeline.run_to(1s);
  const auto notification = to_hex_lower(timeline.received().back().octets);
  CHECK(notification.substr(0, 4) == "4145");
  CHECK(notification.substr(8) ==
        to_hex_lower(octets("c1 6103 8101 ff 4e6f762032322032313a33373a3233")));
  timeline.run_to(2500ms);
  check(timeline, {"cancel", "41 01 0141 c1 6101 54 74696d65",
                   "61 45 0141 c1 d10101 ff 4e6f762032322032313a33373a3234"});
  const auto count = timeline.received().size();
  timeline.run_to(60s);
  CHECK(timeline.received().size() == count);
}

const std::string kExamplePath = "bc 6578616d706c655f64617461";

// The size, and the octets before the payload's third.
void check_head(WorldTimeline& timeline, const Exchange& exchange, std::size_t size) {
  INFO(exchange.name);
  timeline.send_octets(octets(exchange.request));
  const auto& answer = timeline.received().back().octets;
  CHECK(answer.size() == size);
  CHECK(to_hex_lower(answer).starts_with(to_hex_lower(octets(exchange.answer))));
}

TEST_CASE("libcoap keeps a body for its client, with an ETag of its own, while it goes in blocks") {
  WorldTimeline timeline(at_the_time_of_the_capture(0s));
  timeline.set_server(kLibcoap);
  check_head(timeline,
             {"A: first block", "41 01 0001 a1" + kExamplePath,
              "61 45 0001 a1 4101 d1060e 5205dc ff 6131"},
             1038);
  timeline.set_client(kOther);
  check_head(timeline,
             {"B: first block", "41 01 0002 b1" + kExamplePath,
              "61 45 0002 b1 4102 d1060e 5205dc ff 6131"},
             1038);
  timeline.set_client(kClient);
  check_head(timeline,
             {"A: second block", "41 01 0003 a1" + kExamplePath + "c116",
              "61 45 0003 a1 4101 d10616 5205dc ff 3435"},
             490);
  timeline.set_client(kOther);
  check_head(timeline,
             {"B: second block, another token", "41 01 0004 b2" + kExamplePath + "c116",
              "61 45 0004 b2 4102 d10616 5205dc ff 3435"},
             490);
  timeline.set_client(kClient);
  check(timeline,
        {"A: behind the end", "41 01 0006 a1" + kExamplePath + "c17e",
         "61 a0 0006 a1 4101 d10676 5205dc ff 496e7465726e616c20536572766572204572726f72"});
  check_head(timeline,
             {"A: anew, 64 octets", "41 01 0007 a1" + kExamplePath + "c102",
              "61 45 0007 a1 4103 d1060a 5205dc ff 6131"},
             78);
  check_head(timeline,
             {"A: its second", "41 01 0008 a9" + kExamplePath + "c112",
              "61 45 0008 a9 4103 d1061a 5205dc ff 3435"},
             78);
}

TEST_CASE("libcoap's kept body outlives a change of the resource") {
  WorldTimeline timeline(at_the_time_of_the_capture(0s));
  timeline.set_server(kLibcoap);
  timeline.send_octets(octets("41 01 0002 b1" + kExamplePath));
  timeline.send_octets(octets("41 03 000a a1" + kExamplePath + "ff" + std::string(80, '7')));
  check_head(timeline,
             {"B: the body as it was", "41 01 000b b3" + kExamplePath + "c116",
              "61 45 000b b3 4101 d10616 5205dc ff 3435"},
             490);
}

TEST_CASE("libcoap's blocks that belong to no transfer carry Block2 alone") {
  WorldTimeline timeline(at_the_time_of_the_capture(0s));
  timeline.set_server(kLibcoap);
  timeline.send_octets(octets("41 03 0001 a1" + kExamplePath + "ff" + std::string(80, '7')));
  const std::string w16(32, '7');
  const std::string w40(80, '7');
  check(timeline,
        {"a small body", "41 01 000c a1" + kExamplePath + "c106", "61 45 000c a1 d10a06 ff" + w40});
  check(timeline, {"behind its end", "41 01 000d a1" + kExamplePath + "c116",
                   "61 80 000d a1 ff 4261642052657175657374"});
  check(timeline, {"a block in the middle", "41 01 000e c1" + kExamplePath + "c110",
                   "61 45 000e c1 d10a18 ff" + w16});
}

TEST_CASE("libcoap's links and its index go in blocks as well") {
  WorldTimeline timeline(at_the_time_of_the_capture(0s));
  timeline.set_server(kLibcoap);
  const std::string links = "bb 2e77656c6c2d6b6e6f776e 04 636f7265";
  check_head(
      timeline,
      {"links", "41 01 0011 c1" + links + "c102", "61 45 0011 c1 4101 8128 b10a 5197 ff 3c2f"}, 78);
  check_head(timeline,
             {"links, second", "41 01 0012 c1" + links + "c112",
              "61 45 0012 c1 4101 8128 b11a 5197 ff 653d"},
             78);
  check_head(timeline,
             {"index", "41 01 0013 c1 d10a02", "61 45 0013 c1 4102 a302ffff 910a 5188 ff 5468"},
             80);
  check_head(
      timeline,
      {"index, second", "41 01 0014 c1 d10a12", "61 45 0014 c1 4102 a302ffff 911a 5188 ff 290a"},
      80);
}

TEST_CASE("libcoap's PUT in one piece and in blocks is repeated octet by octet") {
  const std::string path = "bc 6578616d706c655f64617461";
  const Exchange exchanges[] = {
      {"PUT with Content-Format 0", "41 03 0111 a6" + path + "10 ff 6e6577", "61 44 0111 a6"},
      {"GET, no Content-Format", "41 01 0112 a6" + path, "61 45 0112 a6 ff 6e6577"},
      {"DELETE", "41 04 0113 a6" + path, "61 85 0113 a6 ff 4d6574686f64204e6f7420416c6c6f776564"},
      {"first block", "41 03 0160 d1" + path + "d10308 ff 30313233343536373839616263646566",
       "61 5f 0160 d1 d10e08"},
      {"last block, unconfirmed", "41 03 0161 d1" + path + "d10310 ff 5859", "61 44 0161 d1"},
      {"GET of both", "41 01 0162 d1" + path,
       "61 45 0162 d1 ff 303132333435363738396162636465665859"},
      {"If-None-Match is ignored", "41 03 012a a9 50 6c 6578616d706c655f64617461 ff 7a",
       "61 44 012a a9"},
      {"PUT with Content-Format 40", "41 03 0204 a5" + path + "1128 ff 3c3e", "61 44 0204 a5"},
      {"GET of links", "41 01 0205 a5" + path, "61 45 0205 a5 c128 ff 3c3e"},
      {"Accept is ignored", "41 01 0206 a5" + path + "60", "61 45 0206 a5 c128 ff 3c3e"},
  };
  WorldTimeline timeline(at_the_time_of_the_capture(0s));
  timeline.set_server(kLibcoap);
  for (const auto& exchange : exchanges) check(timeline, exchange);
}

TEST_CASE("libcoap's discovery is repeated octet by octet") {
  WorldTimeline timeline(at_the_time_of_the_capture(0s));
  timeline.set_server(kLibcoap);
  check(timeline, {"all", "41 01 010b a4 bb2e77656c6c2d6b6e6f776e 04636f7265",
                   "61 45 010b a4 c128 ff"
                   "3c2f3e3b7469746c653d2247656e6572616c20496e666f223b63743d302c3c2f74696d653e3b69"
                   "663d22636c6f636b223b72743d227469636b73223b7469746c653d22496e7465726e616c20436c"
                   "6f636b223b63743d303b6f62732c3c2f6173796e633e3b63743d302c3c2f6578616d706c655f64"
                   "6174613e3b7469746c653d224578616d706c652044617461223b63743d303b6f6273"});
  check(timeline, {"rt=ticks",
                   "41 01 010c a4 bb2e77656c6c2d6b6e6f776e 04636f7265 48 "
                   "72743d7469636b73",
                   "61 45 010c a4 c128 ff"
                   "3c2f74696d653e3b69663d22636c6f636b223b72743d227469636b73223b7469746c653d22496e"
                   "7465726e616c20436c6f636b223b63743d303b6f6273"});
  check(timeline, {"rt=zzz", "41 01 020b a5 bb2e77656c6c2d6b6e6f776e 04636f7265 46 72743d7a7a7a",
                   "61 45 020b a5"});
}

TEST_CASE("libcoap's /async acknowledges at once and answers by a CON of its own") {
  WorldTimeline timeline(at_the_time_of_the_capture(0s));
  timeline.set_server(kLibcoap);
  check(timeline, {"/async?1", "41 01 0116 a7 b56173796e63 4131", "60 00 0116"});
  check(timeline, {"a copy", "41 01 0116 a7 b56173796e63 4131", "60 00 0116"});
  timeline.run_to(1s);
  REQUIRE(timeline.received().size() == 3);
  const auto answer = to_hex_lower(timeline.received().back().octets);
  CHECK(answer.substr(0, 4) == "4145");
  CHECK(answer.substr(8) == "a7ff646f6e65");
}

TEST_CASE("libcoap's /async answers a NON by a NON without an ACK, after 4 s by default") {
  WorldTimeline timeline(at_the_time_of_the_capture(0s));
  timeline.set_server(kLibcoap);
  timeline.send(non_get(7, "async"));
  CHECK(timeline.take().empty());
  timeline.run_to(10s);
  CHECK(timeline.take() == Lines{"4 NON 2.05 * a1 'done'"});
}

TEST_CASE("libcoap's server processes a reused message ID anew") {
  WorldTimeline timeline(at_the_time_of_the_capture(0s));
  timeline.set_server(kLibcoap);
  timeline.send(con_get(513, "time"));
  timeline.run_to(2s);
  timeline.send(con_get(513, "time"));
  CHECK(timeline.take() == Lines{"0 ACK 2.05 513 a1 [14:01] 'Nov 22 21:37:00'",
                                 "2 ACK 2.05 513 a1 [14:01] 'Nov 22 21:37:02'"});
}

}  // namespace
}  // namespace vmodem::sim
