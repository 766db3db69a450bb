#include "firmware/app/loop/event_loop.h"

#include <sys/eventfd.h>
#include <unistd.h>
#include <algorithm>

#include <condition_variable>
#include <csignal>
#include <deque>
#include <mutex>
#include <utility>

#include "firmware/app/port/serial_port.h"
#include "firmware/app/world/sockets.h"
#include "tests/support/catch.h"
#include "tests/unit/app/support/host_port.h"
#include "ufs/memory_store.h"

using namespace vmodem;
using namespace vmodem::app;
using firmware::DatagramReceived;
using firmware::DatagramSent;
using firmware::NetworkEvent;
using firmware::Opened;

TEST_CASE("a look-up that hangs does not delay the end by a signal") {
  struct Gate {
    std::mutex mutex;
    std::condition_variable opened;
    bool is_open = false;
  };
  const auto gate = std::make_shared<Gate>();
  const net::Lookup hang = [gate](const std::string&) -> net::LookupResult {
    ::kill(::getpid(), SIGTERM);
    std::unique_lock lock(gate->mutex);
    gate->opened.wait(lock, [&] { return gate->is_open; });
    return unexpected(std::string("too late"));
  };

  Poller poller;
  auto log = Log::open(LogLevel::kOff, "");
  REQUIRE(log);
  auto port = SerialPort::open({}, poller, *log);
  REQUIRE(port);
  SeededRandom random(1);
  ufs::MemoryStore files;
  firmware::MemoryNvStore settings;
  testbed::Testbed testbed({}, files, settings, random);
  const MonotonicClock wall;
  const auto clock = make_clock({}, wall);
  {
    SocketNetwork network(poller, {net::NetworkMode::kLoopback, {}}, hang, *log);
    EndSignals signals;
    EventLoop loop({testbed, *port, network, poller, *clock, *log, signals});
    test::HostPort(port->path()).write("AT+OPEN=hangs.example 5683\r");
    CHECK(loop.run());
    CHECK(network.has_running_lookup());
  }
  const std::lock_guard lock(gate->mutex);
  gate->is_open = true;
  gate->opened.notify_all();
}

namespace {

// A network of no sockets: says yes to every open and echoes every datagram.
class EchoNetwork final : public Network {
 public:
  void open(Instant, const firmware::OpenTransport& action) override {
    events_.emplace_back(Opened{action.transport});
  }
  void send(Instant, const firmware::SendDatagram& action) override {
    events_.emplace_back(DatagramSent{action.transport, true});
    events_.emplace_back(DatagramReceived{action.transport, action.datagram});
  }
  void ask(Instant, const firmware::Query&) override {}
  void cancel(const firmware::CancelQuery&) override {}
  void handle_ready(Instant, Tag) override { FAIL("nothing was watched"); }
  void close(const firmware::CloseTransport&) override { ::kill(::getpid(), SIGTERM); }
  std::optional<NetworkEvent> poll_event() override {
    if (events_.empty()) return std::nullopt;
    auto event = std::move(events_.front());
    events_.pop_front();
    return event;
  }

 private:
  std::deque<NetworkEvent> events_;
};

// Time stands still.
class StoppedWall final : public WallClock {
 public:
  [[nodiscard]] Instant now() const override { return Instant{}; }
};

}  // namespace

TEST_CASE("another network and another clock take the place of the real ones") {
  Poller poller;
  auto log = Log::open(LogLevel::kOff, "");
  REQUIRE(log);
  auto port = SerialPort::open({}, poller, *log);
  REQUIRE(port);
  SeededRandom random(1);
  ufs::MemoryStore files;
  firmware::MemoryNvStore settings;
  testbed::Testbed testbed({}, files, settings, random);
  const StoppedWall wall;
  const auto clock = make_clock({}, wall);
  EchoNetwork network;
  EndSignals signals;
  EventLoop loop({testbed, *port, network, poller, *clock, *log, signals});
  test::HostPort host(port->path());
  host.write("AT+TIMER=1\rAT+OPEN=anywhere 1\rAT+SEND=hello\rAT+CLOSE\r");
  CHECK(loop.run());
  const auto text = host.read_until("+DATA: hello\r\n");
  CHECK(text.find("+OPENED\r\n") < text.find("+SENT\r\n"));
  CHECK(text.find("+TIMER") == std::string::npos);
}

namespace {

class ManualWall final : public WallClock {
 public:
  [[nodiscard]] Instant now() const override { return now_; }
  void advance(Duration duration) { now_ += duration; }

 private:
  Instant now_{};
};

// A datagram arrives, and much time passes, with the first send.
class LateNetwork final : public Network {
 public:
  LateNetwork(Poller& poller, ManualWall& wall) : wall_(wall) {
    poller.watch(event_.get(), {Source::kTransport, 1});
  }
  void open(Instant, const firmware::OpenTransport&) override {}
  void close(const firmware::CloseTransport&) override {}
  void ask(Instant, const firmware::Query&) override {}
  void cancel(const firmware::CancelQuery&) override {}
  void send(Instant, const firmware::SendDatagram& action) override {
    transport_ = action.transport;
    REQUIRE(::eventfd_write(event_.get(), 1) == 0);
    wall_.advance(1h);
  }
  void handle_ready(Instant, Tag) override {
    eventfd_t count = 0;
    REQUIRE(::eventfd_read(event_.get(), &count) == 0);
    arrived_ = DatagramReceived{transport_, to_bytes("in time")};
    ::kill(::getpid(), SIGTERM);
  }
  std::optional<NetworkEvent> poll_event() override { return std::exchange(arrived_, {}); }

 private:
  ManualWall& wall_;
  net::UniqueFd event_{::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)};
  firmware::TransportId transport_{};
  std::optional<NetworkEvent> arrived_;
};

}  // namespace

TEST_CASE("what has arrived is heard before a deadline that has passed meanwhile") {
  Poller poller;
  auto log = Log::open(LogLevel::kOff, "");
  REQUIRE(log);
  auto port = SerialPort::open({}, poller, *log);
  REQUIRE(port);
  SeededRandom random(1);
  ufs::MemoryStore files;
  firmware::MemoryNvStore settings;
  testbed::Testbed testbed({}, files, settings, random);
  ManualWall wall;
  const auto clock = make_clock({}, wall);
  LateNetwork network(poller, wall);
  EndSignals signals;
  EventLoop loop({testbed, *port, network, poller, *clock, *log, signals});
  test::HostPort host(port->path());
  host.write("AT+TIMER=1000\rAT+OPEN=anywhere 1\rAT+SEND=hello\r");
  CHECK(loop.run());
  const auto text = host.read_until("+TIMER\r\n");
  CHECK(text.find("+DATA: in time\r\n") < text.find("+TIMER\r\n"));
}

namespace {

// Always ready; a millisecond of the wall passes each time.
class RestlessControl final : public ControlPort {
 public:
  static constexpr int kCount = 200;

  RestlessControl(Poller& poller, ManualWall& wall) : wall_(wall) {
    poller.watch(event_.get(), {Source::kControl});
  }
  void handle_ready(Instant) override {
    wall_.advance(1ms);
    if (++count_ == kCount) ::kill(::getpid(), SIGTERM);
  }
  void handle_turn(Instant) override {}

 private:
  ManualWall& wall_;
  net::UniqueFd event_{::eventfd(1, EFD_NONBLOCK | EFD_CLOEXEC)};
  int count_ = 0;
};

}  // namespace

TEST_CASE("who steers without a rest keeps neither the host nor a virtual clock from its turn") {
  Poller poller;
  auto log = Log::open(LogLevel::kOff, "");
  REQUIRE(log);
  auto port = SerialPort::open({}, poller, *log);
  REQUIRE(port);
  SeededRandom random(1);
  ufs::MemoryStore files;
  firmware::MemoryNvStore settings;
  testbed::Testbed testbed({}, files, settings, random);
  ManualWall wall;
  const auto clock = make_clock({ClockMode::kVirtual, 1, 20ms}, wall);
  EchoNetwork network;
  EndSignals signals;
  test::HostPort host(port->path());
  host.write("AT+TIMER=1000\r");
  // The kernel hands over what a host writes when it likes, which may be behind all the turns; that
  // a host is there is told before.
  port->set_interest({.read = true, .write = false});
  const auto is_written = [&] {
    return std::ranges::any_of(poller.wait(20s), [](const Ready& ready) {
      return ready.tag.source == Source::kSerial && ready.is_readable;
    });
  };
  for (int i = 0; i < 1000 && !is_written();) ++i;
  RestlessControl control(poller, wall);
  World world{testbed, *port, network, poller, *clock, *log, signals};
  world.control = &control;
  EventLoop loop(world);
  CHECK(loop.run());
  CHECK(host.read_until("+TIMER\r\n").find("OK") != std::string::npos);
}
