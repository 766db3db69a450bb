// A confirmable GET through the serial port, to libcoap's example server on loopback.
#include <fmt/format.h>
#include <unistd.h>

#include "tools/benchmark/benchmarks.h"
#include "tools/benchmark/samples.h"
#include "tools/benchmark/serial_port.h"
#include "tools/benchmark/udp_client.h"

namespace vmodem::benchmark {
namespace {

constexpr int kRounds = 40;
constexpr int kRequests = 50;  // a round and kind

// CON GET of /19, which this server does not have: the octets that vmodem sends too.
bool get(UdpClient& client, std::uint16_t message_id) {
  const std::uint8_t request[] = {0x40,
                                  0x01,
                                  static_cast<std::uint8_t>(message_id >> 8),
                                  static_cast<std::uint8_t>(message_id),
                                  0xb2,
                                  0x31,
                                  0x39};
  return client.exchange(request) > 0;
}

bool wait_until_served(UdpClient& client) {
  for (int attempt = 0; attempt < 200; ++attempt) {
    if (get(client, 0)) return true;
    ::usleep(10'000);  // a refused port answers at once
  }
  return false;
}

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
  UdpClient& client;
};

struct Trips {
  Samples modem_us;
  Samples responder_us;
  Samples client_us;
};

bool run_round(Ends& ends, std::uint16_t& message_id, Trips& trips) {
  bool is_answered = true;
  for (int i = 0; i < kRequests && is_answered; ++i) {
    trips.responder_us.add(time_us([&] { is_answered &= ends.responder.exchange("AT\r"); }));
    trips.client_us.add(time_us([&] { is_answered &= get(ends.client, ++message_id); }));
    trips.modem_us.add(time_us(
        [&] { is_answered &= ends.modem.exchange("AT+QCOAPSEND=0,0,1,1,0\r", "Not Found\r\n"); }));
  }
  return is_answered;
}

}  // namespace

Figures measure_coap(const Programs& programs) {
  const auto port = free_udp_port();
  if (!port) return unexpected(port.error());
  const auto server =
      Process::start({programs.coap_server, "-A", "127.0.0.1", "-p", std::to_string(*port)});
  if (!server) return unexpected(server.error());
  auto client = UdpClient::open(*port);
  if (!client) return unexpected(client.error());
  if (!wait_until_served(*client)) return unexpected(std::string("coap-server is silent"));
  auto floor = start_modem({programs.floor_responder});
  if (!floor) return unexpected(floor.error());
  auto ours = start_modem({programs.vmodem, "--json"});
  if (!ours) return unexpected(ours.error());
  if (auto done = open_session(ours->port, *port); !done) return unexpected(done.error());

  Ends ends{ours->port, floor->port, *client};
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
      {"CON GET through the port, p99", "µs", trips.modem_us.percentile(0.99)}};
}

}  // namespace vmodem::benchmark
