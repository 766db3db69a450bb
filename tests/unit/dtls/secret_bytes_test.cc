// Its own program: it replaces the allocator to look at memory in the moment it is given back.
#include <algorithm>
#include <cstdlib>
#include <new>

#include "dtls/psk_credential.h"
#include "tests/support/catch.h"

namespace {

const void* watched = nullptr;
std::size_t watched_size = 0;
int releases = 0;
bool was_clean = false;

void release(void* memory) noexcept {
  if (memory != nullptr && memory == watched) {
    const auto* octets = static_cast<const unsigned char*>(memory);
    was_clean = std::all_of(octets, octets + watched_size, [](auto octet) { return octet == 0; });
    ++releases;
    watched = nullptr;
  }
  std::free(memory);
}

void watch(vmodem::ByteView octets) {
  watched = octets.data();
  watched_size = octets.size();
  releases = 0;
  was_clean = false;
}

}  // namespace

void* operator new(std::size_t size) {
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void* operator new(std::size_t size, const std::nothrow_t& /*tag*/) noexcept {
  return std::malloc(size);
}
void operator delete(void* memory) noexcept {
  release(memory);
}
void operator delete(void* memory, std::size_t /*size*/) noexcept {
  release(memory);
}

using namespace vmodem;
using namespace vmodem::dtls;

TEST_CASE("a secret is overwritten before its memory is given back") {
  {
    const SecretBytes secret(to_bytes("sesame"));
    watch(secret.view());
  }
  CHECK(releases == 1);
  CHECK(was_clean);
}

TEST_CASE("assigning to a secret overwrites what it held") {
  SecretBytes secret(to_bytes("sesame"));
  watch(secret.view());
  secret = SecretBytes(to_bytes("barley"));
  CHECK(releases == 1);
  CHECK(was_clean);
  CHECK(as_text(secret.view()) == "barley");
}

TEST_CASE("moving a secret hands over its memory and leaves no octet behind") {
  SecretBytes from(to_bytes("sesame"));
  const auto* memory = from.view().data();
  const SecretBytes to(std::move(from));
  CHECK(to.view().data() == memory);
  CHECK(as_text(to.view()) == "sesame");
  CHECK(from.size() == 0);
}

TEST_CASE("the key of a parsed PSK file is overwritten with its credential") {
  auto parsed = parse_psk_file(as_bytes("a&736573616d65"));
  REQUIRE(parsed);
  watch(parsed->key.view());
  parsed = unexpected(PskFileError::kKeyTooLong);
  CHECK(releases == 1);
  CHECK(was_clean);
}
