// Any octets on the serial line, whole and one by one: no crash, and the same answer to both.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "firmware/base/check.h"
#include "tests/unit/at_engine/fixture.h"

namespace {

std::string answer(std::string_view input, std::size_t chunk_size) {
  vmodem::at::Host host(vmodem::at::Host::Echo::kOn);
  std::string output;
  while (!input.empty()) {
    const auto chunk = input.substr(0, chunk_size);
    input.remove_prefix(chunk.size());
    output += host.send(chunk);
    while (host.engine.is_command_pending()) output += host.complete(vmodem::at::ok("+WAIT: 1"));
  }
  // Past every deadline that the input has left behind.
  output += host.wait(std::chrono::hours{24});
  return output;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // So a whole input fits the engine's queue, and one line's answer the bound of unread output.
  constexpr std::size_t kInputMax = 4096;
  const auto input = vmodem::as_text({data, size < kInputMax ? size : kInputMax});
  const auto whole = answer(input, kInputMax);
  BG_CHECK(answer(input, 1) == whole, "the output depends on the order of the octets only");
  return 0;
}
