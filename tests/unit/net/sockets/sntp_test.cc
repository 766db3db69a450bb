#include "net/sockets/sntp.h"

#include "firmware/base/hex.h"
#include "tests/support/catch.h"

namespace vmodem::net {
namespace {

using namespace std::chrono;

constexpr std::uint64_t kMark = 0x0102030405060708;
// LI 0, version 4, mode 4, stratum 2; 2013-08-19 03:10:10 UTC is 0xD5BC0B12 seconds after 1900.
constexpr auto kHead = "240206ec0000000000000000000000000000000000000000";
constexpr auto kOriginate = "0102030405060708";
constexpr auto kReceived = "d5bc0b1240000000";  // 10.25 s
constexpr auto kSent = "d5bc0b1280000000";      // 10.5 s
constexpr CalendarTime kTold = sys_days(2013y / August / 19) + 3h + 10min + 10s + 500ms;

Bytes bytes(const std::string& hex) {
  return *from_hex(hex);
}

Bytes reply(const std::string& head = kHead, const std::string& originate = kOriginate,
            const std::string& sent = kSent) {
  return bytes(head + originate + kReceived + sent);
}

std::string refusal(const Bytes& message) {
  const auto read = read_sntp_reply(message, kMark, 1s);
  return read ? "" : read.error();
}

}  // namespace

TEST_CASE("A request is a client's, of version 4, and tells nothing but its mark") {
  const auto request = make_sntp_request(kMark);
  CHECK(Bytes(request.begin(), request.end()) ==
        bytes("23" + std::string(78, '0') + "0102030405060708"));
}

TEST_CASE("The time is the server's and half of what the way took") {
  CHECK(read_sntp_reply(reply(), kMark, 1250ms) == kTold + 500ms);
  CHECK(read_sntp_reply(reply(), kMark, 250ms) == kTold);
  CHECK(read_sntp_reply(reply(), kMark, 0ms) == kTold);
}

TEST_CASE("Times after February 2036 begin at zero again") {
  const auto far = bytes(std::string(kHead) + kOriginate + "00000001000000000000000100000000");
  CHECK(read_sntp_reply(far, kMark, 0ms) ==
        CalendarTime(sys_days(2036y / February / 7) + 6h + 28min + 17s));
}

TEST_CASE("What is no answer to the request is refused") {
  CHECK(refusal(reply()).empty());
  CHECK(refusal(bytes("24")) == "the answer is too short");
  CHECK(refusal(reply(kHead, "0102030405060709")) == "the answer is to another request");
  CHECK(refusal(reply("23" + std::string(kHead).substr(2))) == "no server has answered");
  CHECK(refusal(reply("e4" + std::string(kHead).substr(2))) == "the server has no time to give");
  CHECK(refusal(reply("2400" + std::string(kHead).substr(4))) == "the server has no time to give");
  CHECK(refusal(reply("2410" + std::string(kHead).substr(4))) == "the server has no time to give");
  CHECK(refusal(reply(kHead, kOriginate, std::string(16, '0'))) == "the server has told no time");
}

}  // namespace vmodem::net
