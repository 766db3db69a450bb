#include "tests/support/catch.h"
#include "tests/unit/dtls/bench.h"

using namespace vmodem;
using namespace vmodem::dtls;
using namespace vmodem::dtls::testing;

namespace {

constexpr std::size_t kHelloVersionAt = 13 + 12;

// The version of a ClientHello: FEFF is 1.0, FEFD is 1.2.
std::uint8_t offered_minor(Version low, Version high) {
  SeededRandom random(1);
  auto config = client_config(random);
  config.suites = {CipherSuite::kPskAes128CbcSha256};
  config.version_min = low;
  config.version_max = high;
  const auto session = make_client_session(std::move(config));
  session->start(Instant{});
  const auto hello = session->poll_transmit();
  return hello ? hello->at(kHelloVersionAt + 1) : 0;
}

}  // namespace

TEST_CASE("a ClientHello offers the highest version of the configuration") {
  CHECK(offered_minor(Version::kDtls1_2, Version::kDtls1_2) == 0xFD);
  if (!is_supported(Version::kDtls1_0)) {
    CHECK(offered_minor(Version::kDtls1_0, Version::kDtls1_0) == 0);
    return;
  }
  CHECK(offered_minor(Version::kDtls1_0, Version::kDtls1_2) == 0xFD);
  CHECK(offered_minor(Version::kDtls1_0, Version::kDtls1_0) == 0xFF);
}

TEST_CASE("CCM_8 begins with DTLS 1.2, CBC_SHA256 with 1.0") {
  CHECK(version_min(CipherSuite::kPskAes128Ccm8) == Version::kDtls1_2);
  CHECK(version_min(CipherSuite::kPskAes128CbcSha256) == Version::kDtls1_0);
  CHECK(name(Version::kDtls1_0) == "DTLS 1.0");
}

TEST_CASE("a server of DTLS 1.2 refuses a client of 1.0") {
  SeededRandom random(1);
  auto client = client_config(random);
  client.version_min = client.version_max = Version::kDtls1_0;
  Bench bench(std::move(client), server_config(random));
  bench.connect();
  CHECK_FALSE(bench.session(End::kClient).is_connected());
  CHECK_FALSE(bench.session(End::kServer).is_connected());
}
