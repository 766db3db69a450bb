// The least a CoAP client can do: a datagram out, a datagram in. And the server it does that with.
#pragma once

#include <cstdint>
#include <string>

#include "firmware/base/bytes.h"
#include "firmware/base/expected.h"
#include "net/sockets/unique_fd.h"
#include "tools/benchmark/process.h"

namespace vmodem::benchmark {

class UdpClient {
 public:
  // Connected to 127.0.0.1.
  [[nodiscard]] static Expected<UdpClient, std::string> open(std::uint16_t port);

  // CON GET of /19, which libcoap's example server does not have: the octets that vmodem sends too.
  // False where no answer came within 200 ms.
  [[nodiscard]] bool get(std::uint16_t message_id);

 private:
  explicit UdpClient(net::UniqueFd fd) : fd_(std::move(fd)) {}

  net::UniqueFd fd_;
};

struct CoapServer {
  Process process;
  std::uint16_t port;
};

// libcoap's example server on 127.0.0.1, ready to answer; `options` go behind its address.
[[nodiscard]] Expected<CoapServer, std::string> start_coap_server(
    const std::string& program, const std::vector<std::string>& options = {});

}  // namespace vmodem::benchmark
