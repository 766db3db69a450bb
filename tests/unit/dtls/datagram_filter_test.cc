#include "dtls/datagram_filter.h"

#include "firmware/base/hex.h"
#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::dtls;

namespace {

// One record of epoch `epoch`: type, version, epoch and sequence number, length, fragment.
Bytes record(std::uint8_t type, std::uint8_t epoch, const Bytes& fragment) {
  Bytes octets = {
      type, 0xFE, 0xFD, 0, epoch, 0, 0, 0, 0, 0, 0, 0, static_cast<std::uint8_t>(fragment.size())};
  octets.insert(octets.end(), fragment.begin(), fragment.end());
  return octets;
}

// header, version, random, session ID, cookie, and what is not looked at
Bytes client_hello(std::uint8_t random, const Bytes& session_id = {}, const Bytes& cookie = {}) {
  Bytes fragment = from_hex("010000300000000000000030fefd").value();
  fragment.insert(fragment.end(), 32, random);
  for (const auto& vector : {session_id, cookie}) {
    fragment.push_back(static_cast<std::uint8_t>(vector.size()));
    fragment.insert(fragment.end(), vector.begin(), vector.end());
  }
  return record(22, 0, fragment);
}

const Bytes kAnyServerHello = record(22, 0, {2, 0, 0});
const Bytes kAnyFinished = record(22, 1, {9, 9, 9});
const Bytes kData = record(23, 1, {9, 9, 9});

bool lets_pass(DatagramFilter& filter, const Bytes& datagram, bool is_connected) {
  return filter.admit(datagram, is_connected).size() == datagram.size();
}

bool holds_back(DatagramFilter& filter, const Bytes& datagram, bool is_connected) {
  return filter.admit(datagram, is_connected).empty();
}

}  // namespace

TEST_CASE("a server that waits takes whole ClientHellos and nothing else") {
  DatagramFilter filter(Role::kServer);
  CHECK(lets_pass(filter, client_hello(7), false));
  CHECK(lets_pass(filter, client_hello(7, {1, 2}, {3, 4, 5}), false));
  CHECK(holds_back(filter, kAnyServerHello, false));
  CHECK(holds_back(filter, kAnyFinished, false));
  CHECK(holds_back(filter, kData, false));
  CHECK(holds_back(filter, record(21, 0, {2, 40}), false));

  const auto whole = client_hello(7, {1, 2}, {3, 4, 5});
  for (std::size_t size = 0; size < whole.size() - 13; ++size) {
    const Bytes fragment(whole.begin() + 13, whole.begin() + 13 + static_cast<long>(size));
    CHECK(holds_back(filter, record(22, 0, fragment), false));
  }
}

TEST_CASE("a connected server ignores its session's own ClientHello and takes a new one") {
  DatagramFilter filter(Role::kServer);
  REQUIRE(lets_pass(filter, client_hello(7), false));
  filter.note_sent(kAnyServerHello);
  CHECK(lets_pass(filter, client_hello(7), false));
  CHECK(holds_back(filter, client_hello(7), true));
  CHECK(lets_pass(filter, kData, true));
  CHECK(lets_pass(filter, client_hello(8), true));
  CHECK(holds_back(filter, client_hello(7), true));
  filter.note_sent(kAnyServerHello);
  CHECK(holds_back(filter, client_hello(8), true));
}

TEST_CASE("application data is held back until the session is connected") {
  DatagramFilter filter(Role::kClient);
  CHECK(holds_back(filter, kData, false));
  CHECK(lets_pass(filter, kData, true));
  CHECK(lets_pass(filter, kAnyFinished, false));
}

TEST_CASE("of a datagram only the leading records of the session are let through") {
  DatagramFilter filter(Role::kClient);
  auto datagram = kAnyServerHello;
  datagram.insert(datagram.end(), kAnyFinished.begin(), kAnyFinished.end());
  const auto good_size = datagram.size();
  const auto tail = to_bytes("tail");
  datagram.insert(datagram.end(), tail.begin(), tail.end());
  CHECK(filter.admit(datagram, false).size() == good_size);
}
