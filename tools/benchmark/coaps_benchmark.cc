// A confirmable GET through the serial port, secured and plain, to one server in the same rounds.
#include <fmt/format.h>

#include "tools/benchmark/benchmarks.h"
#include "tools/benchmark/floor/udp_client.h"
#include "tools/benchmark/samples.h"
#include "tools/benchmark/serial_port.h"

namespace vmodem::benchmark {
namespace {

constexpr int kRequests = 2000;  // of each kind
constexpr std::string_view kPskFile = "password&736573616d65";
constexpr const char* kKey = "sesame";

// Client 0 speaks to the plain port, client 1 to the one behind it, where libcoap serves DTLS.
bool open_sessions(SerialPort& port, std::uint16_t server_port) {
  const auto upload = fmt::format("AT+QFUPL=\"0_server.psk\",{}\r", kPskFile.size());
  const auto open = [&](int client) {
    return port.exchange(
               fmt::format("AT+QCOAPOPEN={},\"127.0.0.1\",{}\r", client, server_port + client),
               fmt::format("+QCOAPOPEN: {},0\r\n", client)) &&
           port.exchange(fmt::format("AT+QCOAPOPTION={},0,0,11,\"19\"\r", client));
  };
  return port.exchange("ATE0\r") && port.exchange(upload, "CONNECT\r\n") &&
         port.exchange(kPskFile) && port.exchange("AT+QCOAPCFG=\"dtls\",1,1,0\r") && open(0) &&
         open(1);
}

bool get(SerialPort& port, int client, Samples& trips_us) {
  const auto line = fmt::format("AT+QCOAPSEND={},0,1,1,0\r", client);
  bool is_answered = false;
  trips_us.add(time_us([&] { is_answered = port.exchange(line, "Not Found\r\n"); }));
  return is_answered;
}

}  // namespace

Figures measure_coaps(const Programs& programs) {
  const auto server = start_coap_server(programs.coaps_server, {"-k", kKey});
  if (!server) return unexpected(server.error());
  auto modem = start_modem({programs.vmodem, "--json"});
  if (!modem) return unexpected(modem.error());
  auto& port = modem->port;
  if (!open_sessions(port, server->port)) {
    return unexpected(fmt::format("no session with coap-server: {}", port.answer()));
  }
  Samples plain_us;
  Samples secured_us;
  for (int i = 0; i < kRequests; ++i) {
    if (!get(port, 0, plain_us) || !get(port, 1, secured_us)) {
      return unexpected(fmt::format("a request is not answered: {}", port.answer()));
    }
  }
  return std::vector<Figure>{{"secured CON GET through the port (floor: plain)", "1/s",
                              1e6 / secured_us.median(), 1e6 / plain_us.median(),
                              Target{Judged::kRatio, Bound::kAtLeast, 0.85}}};
}

}  // namespace vmodem::benchmark
