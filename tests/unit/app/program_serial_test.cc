// The port as hosts see it: coming, going, reading slowly or never.
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <sstream>

#include "tests/support/catch.h"
#include "tests/unit/app/support/host_port.h"
#include "tests/unit/app/support/running_modem.h"
#include "tests/unit/app/support/udp_peer.h"

using namespace vmodem::test;

namespace {

constexpr std::string_view kOk = "\r\nOK\r\n";

// User and system time of a process, in clock ticks (proc(5), fields 14 and 15 of stat).
long cpu_ticks(pid_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  std::istringstream fields(text.substr(text.rfind(')') + 2));
  std::string skipped;
  for (int field = 3; field < 14; ++field) fields >> skipped;
  long user = 0;
  long system = 0;
  fields >> user >> system;
  return user + system;
}

}  // namespace

TEST_CASE("hosts come and go and come back") {
  RunningModem modem;
  for (int host_count = 0; host_count < 5; ++host_count) {
    HostPort host(modem.pty());
    CHECK(host.ask("AT") == kOk);
  }
}

TEST_CASE("two hosts at once share the line and the first may leave") {
  RunningModem modem;
  HostPort stays(modem.pty());
  {
    HostPort leaves(modem.pty());
    CHECK(leaves.ask("AT") == kOk);
  }
  CHECK(stays.ask("AT") == kOk);
}

TEST_CASE("a command half typed by one host is finished by the next") {
  RunningModem modem;
  HostPort(modem.pty()).write("A");
  HostPort host(modem.pty());
  host.write("T\r");
  CHECK(host.read_until("OK\r\n") == kOk);
}

TEST_CASE("what a departed host left unread stays for the next one") {
  RunningModem modem;
  {
    HostPort departed(modem.pty());
    departed.write("AT\r");
    pollfd ready{departed.fd(), POLLIN, 0};
    REQUIRE(::poll(&ready, 1, kDeadlineMs) == 1);
  }
  HostPort host(modem.pty());
  CHECK(host.read_until("OK\r\n") == kOk);
}

TEST_CASE("what a slow host finds is whole, far beyond the kernel's buffer") {
  RunningModem modem;
  HostPort host(modem.pty());
  host.write("AT+FLOOD=200000\r");
  const auto text = host.read_until(kOk);
  CHECK(text.size() == 200000 + kOk.size());
  CHECK(text.find_first_not_of('x') == 200000);
  CHECK(host.ask("AT+DROPPED?").find("+DROPPED: 0\r\n") != std::string::npos);
}

TEST_CASE("a host that never reads costs bounded memory and holds nothing else up") {
  UdpPeer peer;
  RunningModem modem({"--route", "peer=127.0.0.1:" + std::to_string(peer.port())});
  HostPort host(modem.pty());
  host.write("AT+OPEN=peer 1\rAT+FLOOD=5000000\rAT+SEND=still here\r");
  CHECK(peer.receive() == "still here");  // the commands behind the flood were obeyed

  host.write("AT+DROPPED?\r");
  host.write("AT+SEND=and here\r");
  CHECK(peer.receive() == "and here");
  modem.process().signal(SIGTERM);
  CHECK(modem.process().wait() == 0);
}

TEST_CASE("a host that does not read costs no processor time") {
  UdpPeer peer;
  RunningModem modem({"--route", "peer=127.0.0.1:" + std::to_string(peer.port())});
  HostPort host(modem.pty());
  host.write("AT+OPEN=peer 1\rAT+FLOOD=200000\rAT+SEND=full\rAT+BEEP=1000\r");
  CHECK(peer.receive() == "full");
  const auto before = cpu_ticks(modem.process().pid());
  CHECK(peer.receive() == "beep");
  const auto spent = cpu_ticks(modem.process().pid()) - before;
  CHECK(spent <
        ::sysconf(_SC_CLK_TCK) / 4);  // of the second that has passed; a spin takes all of it
}

TEST_CASE("octets that the modem has no room for wait in the kernel and are obeyed later") {
  RunningModem modem;
  HostPort host(modem.pty());
  host.write("AT+STALL=50\r");
  host.read_until(kOk);
  std::string commands;
  for (int i = 0; i < 200; ++i) commands += "AT\r";
  host.write(commands);
  std::string expected;
  for (int i = 0; i < 200; ++i) expected += kOk;
  CHECK(host.read_until(expected) == expected);
}

TEST_CASE("a deadline of the modem wakes the loop") {
  RunningModem modem;
  HostPort host(modem.pty());
  host.write("AT+TIMER=30\r");
  CHECK(host.read_until("+TIMER\r\n") == "\r\nOK\r\n\r\n+TIMER\r\n");
}

TEST_CASE("any octet passes unaltered in both directions") {
  UdpPeer peer;
  RunningModem modem({"--route", "peer=127.0.0.1:" + std::to_string(peer.port())});
  HostPort host(modem.pty());
  host.write("AT+OPEN=peer 1\r");
  host.read_until("+OPENED\r\n");
  std::string octets;
  for (int octet = 0; octet < 256; ++octet) {
    if (octet != '\r') octets += static_cast<char>(octet);
  }
  host.write("AT+SEND=" + octets + "\r");
  CHECK(peer.receive() == octets);
  peer.answer(octets + "\r");
  CHECK(host.read_until("\xFF\r\r\n").find("+DATA: " + octets) != std::string::npos);
}
