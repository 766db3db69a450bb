// A confirmable GET through the serial port, to libcoap's example server on loopback.
#include <fmt/format.h>

#include "tools/benchmark/benchmarks.h"
#include "tools/benchmark/floor/udp_client.h"
#include "tools/benchmark/samples.h"
#include "tools/benchmark/serial_port.h"

namespace vmodem::benchmark {
namespace {

constexpr int kRounds = 40;
constexpr int kRequests = 50;  // a round and kind

Expected<void, std::string> open_session(SerialPort& port, std::uint16_t server_port) {
  const auto open = fmt::format("AT+QCOAPOPEN=0,\"127.0.0.1\",{}\r", server_port);
  if (port.exchange("ATE0\r") && port.exchange(open, "+QCOAPOPEN: 0,0\r\n") &&
      port.exchange("AT+QCOAPOPTION=0,0,0,11,\"19\"\r")) {
    return {};
  }
  return unexpected(fmt::format("no session with coap-server: {}", port.answer()));
}

struct Ends {
  SerialPort& modem;
  SerialPort& responder;
  SerialPort& relay;
  UdpClient& client;
};

struct Trips {
  Samples modem_us;
  Samples responder_us;
  Samples relay_us;
  Samples client_us;
};

bool run_round(Ends& ends, std::uint16_t& message_id, Trips& trips) {
  bool is_answered = true;
  for (int i = 0; i < kRequests && is_answered; ++i) {
    trips.responder_us.add(time_us([&] { is_answered &= ends.responder.exchange("AT\r"); }));
    trips.client_us.add(time_us([&] { is_answered &= ends.client.get(++message_id); }));
    trips.relay_us.add(
        time_us([&] { is_answered &= ends.relay.exchange("AT\r", "Not Found\r\n"); }));
    trips.modem_us.add(time_us(
        [&] { is_answered &= ends.modem.exchange("AT+QCOAPSEND=0,0,1,1,0\r", "Not Found\r\n"); }));
  }
  return is_answered;
}

}  // namespace

Figures measure_coap(const Programs& programs) {
  const auto server = start_coap_server(programs.coap_server);
  if (!server) return unexpected(server.error());
  auto client = UdpClient::open(server->port);
  if (!client) return unexpected(client.error());
  auto floor = start_modem({programs.floor_responder});
  if (!floor) return unexpected(floor.error());
  auto relay = start_modem({programs.floor_responder, std::to_string(server->port)});
  if (!relay) return unexpected(relay.error());
  auto ours = start_modem({programs.vmodem, "--json"});
  if (!ours) return unexpected(ours.error());
  if (auto done = open_session(ours->port, server->port); !done) return unexpected(done.error());

  Ends ends{ours->port, floor->port, relay->port, *client};
  Trips trips;
  std::uint16_t message_id = 0;
  for (int round = 0; round < kRounds; ++round) {
    if (!run_round(ends, message_id, trips)) {
      return unexpected(fmt::format("a request is not answered: {}", ours->port.answer()));
    }
  }
  const auto sum = trips.responder_us.median() + trips.client_us.median();
  return std::vector<Figure>{
      {"bare UDP client, CON GET p50", "µs", trips.client_us.median()},
      {"CON GET through the port, p50", "µs", trips.modem_us.median(), sum,
       Target{Judged::kRatio, Bound::kAtMost, 1.3}},
      {"the same (floor: a relay in C, p50)", "µs", trips.modem_us.median(),
       trips.relay_us.median()},
      {"CON GET through the port, p99", "µs", trips.modem_us.percentile(0.99)}};
}

}  // namespace vmodem::benchmark
