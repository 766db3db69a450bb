#include "dtls/flight.h"

#include "firmware/base/hex.h"
#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::dtls;

namespace {

std::string flight(std::string_view hex) {
  return describe_flight(from_hex(hex).value());
}

// type, version, epoch, sequence, length, fragment
constexpr std::string_view kRecordOfServerHello = "16fefd" "0000" "000000000001" "0001" "02";
constexpr std::string_view kRecordOfServerHelloDone = "16fefd" "0000" "000000000002" "0001" "0e";
constexpr std::string_view kRecordOfChangeCipherSpec = "14fefd" "0000" "000000000003" "0001" "01";
constexpr std::string_view kRecordOfFinished = "16fefd" "0001" "000000000000" "0002" "aabb";
constexpr std::string_view kRecordOfAlert = "15fefd" "0000" "000000000004" "0002" "0228";
constexpr std::string_view kRecordOfMessage = "17fefd" "0001" "000000000001" "0002" "aabb";

std::string all(std::initializer_list<std::string_view> records) {
  std::string hex;
  for (const auto record : records) hex += record;
  return flight(hex);
}

}  // namespace

TEST_CASE("a flight is told by its records in their order") {
  CHECK(all({kRecordOfServerHello, kRecordOfServerHelloDone}) == "ServerHello, ServerHelloDone");
  CHECK(all({kRecordOfChangeCipherSpec, kRecordOfFinished}) == "ChangeCipherSpec, encrypted handshake");
  CHECK(all({kRecordOfAlert}) == "alert");
  CHECK(all({"16fefd" "0000" "000000000001" "0001" "63"}) == "unknown handshake");
}

TEST_CASE("what carries application data, or is no DTLS, is no flight") {
  CHECK(all({kRecordOfMessage}).empty());
  CHECK(all({kRecordOfFinished, kRecordOfMessage}).empty());
  CHECK(flight("44010001aabb").empty());
  CHECK(flight("").empty());
  CHECK(all({kRecordOfServerHello, "16fefd0000"}) == "ServerHello");
}
