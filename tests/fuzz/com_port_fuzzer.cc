// The access server of RFC 2217, with a client that reads now and then. Input: octets of the
// client.
#include <algorithm>

#include "firmware/base/bytes.h"
#include "firmware/base/check.h"
#include "net/rfc2217/com_port.h"

using namespace vmodem;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  net::ComPort port;
  const ByteView input(data, size);
  std::size_t read = 0;
  std::uint8_t turn = 0;
  while (read < input.size()) {
    const std::size_t piece = std::min<std::size_t>(input.size() - read, 1 + turn % 7U);
    const auto octets = input.subspan(read, piece);
    read += piece;
    if (port.has_room()) port.handle_octets(octets);
    std::size_t heard = 0;
    while (const auto event = port.poll_event()) {
      if (const auto* data_event = std::get_if<Bytes>(&*event)) heard += data_event->size();
    }
    BG_CHECK(heard <= piece, "no octet of a client becomes two");
    port.show({.cts = (turn & 1) != 0, .ri = (turn & 2) != 0, .dcd = (turn & 4) != 0});
    static_cast<void>(port.write(octets));
    const auto waiting = port.poll_output().size();
    BG_CHECK(waiting < 4 * net::ComPort::kOutputMax,
             "a client that never reads is held to a bound");
    port.handle_output_written(std::min<std::size_t>(waiting, turn % 32U));
    turn = static_cast<std::uint8_t>(turn + octets.front() + 1);
  }
  return 0;
}
