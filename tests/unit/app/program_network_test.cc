// Transports as the modem sees them, on the real network of the machine.
#include <csignal>

#include "tests/support/catch.h"
#include "tests/unit/app/support/host_port.h"
#include "tests/unit/app/support/running_modem.h"
#include "tests/unit/app/support/udp_peer.h"

using namespace vmodem::test;

namespace {

std::string open_and_read(HostPort& host, const std::string& target, const std::string& end) {
  host.write("AT+OPEN=" + target + "\r");
  return host.read_until(end);
}

}  // namespace

TEST_CASE("a routed name and a routed address reach the server on loopback and hear it") {
  UdpPeer peer;
  const auto to = "=127.0.0.1:" + std::to_string(peer.port());
  RunningModem modem({"--route", "Coap.Me" + to, "--route", "220.180.239.212:8028" + to});
  HostPort host(modem.pty());
  const auto* target = GENERATE("coap.me 5683", "220.180.239.212 8028");
  open_and_read(host, target, "+OPENED\r\n");
  host.write("AT+SEND=ping\r");
  host.read_until("+SENT\r\n");
  CHECK(peer.receive() == "ping");
  peer.answer("pong");
  CHECK(host.read_until("pong\r\n").find("+DATA: pong\r\n") != std::string::npos);
}

TEST_CASE("loopback is reached without a route, by address and by a name of the hosts file") {
  RunningModem modem;
  HostPort host(modem.pty());
  const auto* target = GENERATE("127.0.0.1 5683", "127.1.2.3 5683", "localhost 5683");
  open_and_read(host, target, "+OPENED\r\n");
}

TEST_CASE("an address beyond loopback is silent and the log says why") {
  RunningModem modem;
  HostPort host(modem.pty());
  open_and_read(host, "203.0.113.9 8028", "+OPENED\r\n");
  CHECK(modem.process().read_errors_until("\n").find(
            "warning: nobody is at 203.0.113.9 port 8028") != std::string::npos);
}

TEST_CASE("a route wins over a simulated server, and counts for its own port only") {
  UdpPeer peer;
  RunningModem modem(
      {"--route", "220.180.239.212:8028=127.0.0.1:" + std::to_string(peer.port())});
  HostPort host(modem.pty());
  open_and_read(host, "220.180.239.212 8029", "+OPENED\r\n");
  CHECK(modem.process().read_errors_until("\n").find("nobody is at") != std::string::npos);
  open_and_read(host, "220.180.239.212 8028", "+OPENED\r\n");
  host.write("AT+SEND=ping\r");
  CHECK(peer.receive() == "ping");
}

TEST_CASE("a name that the hosts file does not know is not resolved") {
  RunningModem modem;
  HostPort host(modem.pty());
  const auto text = open_and_read(host, "no-such-name.invalid 5683", "asks DNS)\r\n");
  CHECK(text.find("+FAILED: unresolved,no-such-name.invalid: ") != std::string::npos);
}

TEST_CASE("in host mode an address beyond loopback is not refused by policy") {
  RunningModem modem({"--network", "host"});
  HostPort host(modem.pty());
  // 192.0.2.0/24 is for documentation (RFC 5737): connecting a UDP socket to it sends nothing. A
  // machine without any network refuses it itself, in other words than the policy's.
  host.write("AT+OPEN=192.0.2.1 5683\rAT+TIMER=0\r");
  const auto text = host.read_until("\r\n+TIMER\r\n");
  CHECK(text.find("beyond loopback") == std::string::npos);
}

TEST_CASE("a dead port looks like silence and every datagram counts as handed over") {
  std::uint16_t dead_port = 0;
  { dead_port = UdpPeer().port(); }
  RunningModem modem({"--log-level", "info"});
  HostPort host(modem.pty());
  open_and_read(host, "127.0.0.1 " + std::to_string(dead_port), "+OPENED\r\n");
  for (int i = 0; i < 20; ++i) {
    host.write("AT+SEND=anybody\r");
    CHECK(host.read_until("SENT\r\n").find("NOT SENT") == std::string::npos);
  }
  CHECK(modem.process().read_errors_until("ICMP error ignored").size() > 0);

  UdpPeer revived(dead_port);
  host.write("AT+SEND=now\r");
  CHECK(revived.receive() == "now");
}

TEST_CASE("sending on a transport that is not open is not handed over") {
  RunningModem modem;
  HostPort host(modem.pty());
  host.write("AT+SEND=void\r");
  host.read_until("+NOT SENT\r\n");
}

TEST_CASE("nothing is heard of a transport that is closed") {
  UdpPeer peer;
  RunningModem modem;
  HostPort host(modem.pty());
  const auto target = "127.0.0.1 " + std::to_string(peer.port());
  open_and_read(host, target, "+OPENED\r\n");
  host.write("AT+SEND=first\r");
  host.read_until("+SENT\r\n");
  peer.receive();
  host.ask("AT+CLOSE");
  peer.answer("late");

  open_and_read(host, target, "+OPENED\r\n");
  host.write("AT+SEND=second\r");
  host.read_until("+SENT\r\n");
  peer.receive();
  peer.answer("timely");
  CHECK(host.read_until("\r\n").find("late") == std::string::npos);
}
