// Counts the allocations of this program to prove that the codec's hot path makes none.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <new>

#include "coap_core/codec.h"
#include "tests/support/catch.h"
#include "tests/unit/coap_core/timeline.h"

namespace {

std::size_t allocations = 0;

}  // namespace

void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(size == 0 ? 1 : size);
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}

using namespace vmodem;
using namespace vmodem::coap;

TEST_CASE("decoding, walking the options and encoding into a buffer allocate nothing") {
  const Bytes wire = octets("42 01 04d2 d204 b2 3139 11 28 ff 6869");
  std::array<OptionView, 2> options;
  std::array<std::uint8_t, 64> out{};

  const std::size_t before = allocations;
  const auto view = decode(wire);
  std::size_t count = 0;
  for (const OptionView& option : view->options) options[count++] = option;
  const auto size = encode_into({.type = view->type,
                                 .code = view->code,
                                 .message_id = view->message_id,
                                 .token = &view->token,
                                 .options = options,
                                 .payload = view->payload},
                                out);
  const std::size_t after = allocations;

  CHECK(after == before);
  CHECK(before > 0);
  REQUIRE(size == wire.size());
  CHECK(std::equal(wire.begin(), wire.end(), out.begin()));
}
