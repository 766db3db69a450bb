#include "firmware/app/port/serial_port.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <functional>

#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::app;
namespace fs = std::filesystem;

namespace {

struct Desk {
  Desk() {
    std::string pattern = fs::temp_directory_path() / "vmodem-port-XXXXXX";
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    directory = pattern;
    link = directory / "modem";
  }
  ~Desk() { fs::remove_all(directory); }

  Expected<SerialPort, std::string> open(bool reappears) {
    return SerialPort::open({link, reappears}, poller, log);
  }
  // Serves the port until `is_reached`, for at most a few seconds.
  static void serve(Poller& poller, SerialPort& port, const std::function<bool()>& is_reached) {
    for (int rounds = 0; rounds < 500 && !is_reached(); ++rounds) {
      for (const auto& ready : poller.wait(1s)) REQUIRE(port.handle_ready(ready));
    }
    REQUIRE(is_reached());
  }
  [[nodiscard]] bool has_link() const { return fs::is_symlink(fs::symlink_status(link)); }

  fs::path directory;
  fs::path link;
  Poller poller;
  Log log = std::move(*Log::open(LogLevel::kOff, ""));
};

// That a host has come is news too, before that it has written.
Tag await_octets(Poller& poller, SerialPort& port) {
  for (int rounds = 0; rounds < 10; ++rounds) {
    for (const auto& ready : poller.wait(1s)) {
      if (ready.tag.source == Source::kSerial) return ready.tag;
      REQUIRE(port.handle_ready(ready));
    }
  }
  FAIL("nothing is read");
  return {};
}

net::UniqueFd open_host(const fs::path& path) {
  net::UniqueFd host(::open(path.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK));
  REQUIRE(host.is_open());
  return host;
}

std::string read_host(const net::UniqueFd& host) {
  std::array<char, 64> buffer{};
  const auto size = ::read(host.get(), buffer.data(), buffer.size());
  return size > 0 ? std::string(buffer.data(), static_cast<std::size_t>(size)) : std::string();
}

// What was written to the master is at the slave a moment later.
std::string await_host(const net::UniqueFd& host) {
  Poller poller;
  poller.watch(host.get(), {Source::kSerial});
  REQUIRE(poller.wait(5s).size() == 1);
  return read_host(host);
}

}  // namespace

TEST_CASE("a port that stays is one PTY whatever becomes of the power") {
  Desk desk;
  auto port = desk.open(false);
  REQUIRE(port);
  const auto path = port->path();
  REQUIRE(port->handle_power(false));
  CHECK(port->is_open());
  REQUIRE(port->handle_power(true));
  CHECK(port->path() == path);
  CHECK(fs::read_symlink(desk.link) == path);
}

TEST_CASE("a port that reappears goes with its link, and its host is hung up") {
  Desk desk;
  auto port = desk.open(true);
  REQUIRE(port);
  const auto host = open_host(desk.link);
  REQUIRE(port->handle_power(false));
  CHECK_FALSE(port->is_open());
  Desk::serve(desk.poller, *port, [&] { return !desk.has_link(); });
  std::array<char, 8> buffer{};
  CHECK(::read(host.get(), buffer.data(), buffer.size()) <= 0);
  CHECK(::write(host.get(), "AT\r", 3) == -1);
  CHECK(errno == EIO);
  CHECK_FALSE(port->is_open());
}

TEST_CASE("the link leads to the new port when the module is back") {
  Desk desk;
  auto port = desk.open(true);
  REQUIRE(port);
  REQUIRE(port->handle_power(false));
  REQUIRE(port->handle_power(true));  // it boots before the old port has gone
  CHECK_FALSE(port->is_open());
  bool was_absent = false;
  Desk::serve(desk.poller, *port, [&] {
    was_absent = was_absent || !desk.has_link();
    return port->is_open();
  });
  CHECK(was_absent);
  CHECK(fs::read_symlink(desk.link) == port->path());
  REQUIRE(port->write(as_bytes("\r\nRDY\r\n")) == 7U);
  const auto host = open_host(desk.link);
  CHECK(await_host(host) == "\r\nRDY\r\n");
  REQUIRE(::write(host.get(), "AT\r", 3) == 3);
}

TEST_CASE("a module that stays off has no port, until it is switched on") {
  Desk desk;
  auto port = desk.open(true);
  REQUIRE(port);
  REQUIRE(port->handle_power(false));
  Desk::serve(desk.poller, *port, [&] { return !desk.has_link(); });
  CHECK_FALSE(desk.poller.wait(2s).empty());
  REQUIRE(port->handle_timer());
  CHECK_FALSE(desk.has_link());
  CHECK(desk.poller.wait(0s).empty());
  REQUIRE(port->handle_power(true));
  CHECK(port->is_open());
  CHECK(desk.has_link());
}

TEST_CASE("a host has time to read what was said last") {
  Desk desk;
  auto port = desk.open(true);
  REQUIRE(port);
  const auto host = open_host(desk.link);
  REQUIRE(port->write(as_bytes("POWERED DOWN")) == 12U);
  REQUIRE(port->handle_power(false));
  // The timer, and the host that came.
  for (const auto& ready : desk.poller.wait(1s)) REQUIRE(port->handle_ready(ready));
  CHECK(desk.has_link());
  CHECK(read_host(host) == "POWERED DOWN");
  Desk::serve(desk.poller, *port, [&] { return !desk.has_link(); });
}

TEST_CASE("a host that does not read does not keep the port") {
  Desk desk;
  auto port = desk.open(true);
  REQUIRE(port);
  REQUIRE(port->write(as_bytes("POWERED DOWN")) == 12U);
  REQUIRE(port->handle_power(false));
  Desk::serve(desk.poller, *port, [&] { return !desk.has_link(); });
}

TEST_CASE("what a host does to a port that goes is no news") {
  Desk desk;
  auto port = desk.open(true);
  REQUIRE(port);
  const auto host = open_host(desk.link);
  REQUIRE(::write(host.get(), "AT\r", 3) == 3);
  const auto tag = await_octets(desk.poller, *port);
  CHECK(port->is_of(tag));
  REQUIRE(port->handle_power(false));
  CHECK_FALSE(port->is_of(tag));
  REQUIRE(port->handle_power(true));
  Desk::serve(desk.poller, *port, [&] { return port->is_open(); });
  CHECK_FALSE(port->is_of(tag));
}

TEST_CASE("a file that has taken the link's place meanwhile is left alone and ends the port") {
  Desk desk;
  auto port = desk.open(true);
  REQUIRE(port);
  REQUIRE(port->handle_power(false));
  Desk::serve(desk.poller, *port, [&] { return !desk.has_link(); });
  fs::create_directory(desk.link);
  CHECK_FALSE(desk.poller.wait(2s).empty());
  REQUIRE(port->handle_timer());
  const auto back = port->handle_power(true);
  REQUIRE_FALSE(back);
  CHECK(back.error().find(desk.link.string()) != std::string::npos);
  CHECK(fs::is_directory(desk.link));
}

TEST_CASE("the link goes with the program at any time") {
  Desk desk;
  {
    auto port = desk.open(true);
    REQUIRE(port);
    CHECK(desk.has_link());
    REQUIRE(port->handle_power(false));
  }
  CHECK_FALSE(desk.has_link());
  CHECK(fs::is_empty(desk.directory));
}
