#include "firmware/app/event_loop.h"

#include <utility>  // Boost 1.74 uses std::exchange without it

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>

#include "firmware/base/overloaded.h"

namespace vmodem::app {
namespace {

using boost::system::error_code;

LogLevel to_log_level(firmware::TraceLevel level) {
  switch (level) {
    case firmware::TraceLevel::kDebug:
      return LogLevel::kDebug;
    case firmware::TraceLevel::kInfo:
      return LogLevel::kInfo;
    case firmware::TraceLevel::kWarning:
      return LogLevel::kWarning;
  }
  return LogLevel::kWarning;
}

bool is_ignored(int signal) {
  struct sigaction action {};
  return ::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

std::string printable(ByteView octets) {
  std::string text;
  for (const auto octet : octets) {
    const bool is_plain = octet >= ' ' && octet <= '~' && octet != '\\';
    text += is_plain ? std::string(1, static_cast<char>(octet)) : fmt::format("\\x{:02x}", octet);
  }
  return text;
}

}  // namespace

struct EventLoop::State {
  State(boost::asio::io_context& context, const World& parts)
      : io(context), world(parts), port(context, parts.port.fd()), signals(context) {}
  // The descriptor belongs to the Pty.
  ~State() { port.release(); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  void watch_signals();
  void arm_read();
  void feed(Instant now);
  void wait();
  void settle(Instant now);
  bool perform_actions(Instant now);
  void perform(Instant now, const firmware::Action& action);
  bool deliver_events(Instant now);
  void deliver(Instant now, const NetworkEvent& event);
  bool write_serial();
  void watch_writable();
  void lose_port(const std::string& why);
  void log_serial(const char* direction, ByteView octets);

  boost::asio::io_context& io;
  World world;
  boost::asio::posix::stream_descriptor port;
  boost::asio::signal_set signals;
  std::array<std::uint8_t, 4096> buffer;
  ByteView unfed{};  // read, but the modem has had no room for it
  bool is_reading = false;
  bool is_write_blocked = false;
  bool is_ended = false;
  std::optional<std::string> failure{};
};

void EventLoop::State::watch_signals() {
  signals.add(SIGINT);
  signals.add(SIGTERM);
  if (!is_ignored(SIGHUP)) signals.add(SIGHUP);
  signals.async_wait([this](const error_code& error, int signal) {
    if (error) return;
    world.log.format(LogLevel::kInfo, "ended by signal {}", signal);
    is_ended = true;
  });
}

void EventLoop::State::arm_read() {
  const auto room = std::min(world.modem.serial_room(), buffer.size());
  if (is_reading || !unfed.empty() || room == 0) return;

  is_reading = true;
  port.async_read_some(boost::asio::buffer(buffer.data(), room),
                       [this](const error_code& error, std::size_t count) {
                         is_reading = false;
                         if (error) return lose_port(error.message());
                         unfed = ByteView(buffer).first(count);
                         log_serial("<", unfed);
                         feed(world.clock.now());
                       });
}

// The room may have shrunk since the read was armed.
void EventLoop::State::feed(Instant now) {
  const auto count = std::min(unfed.size(), world.modem.serial_room());
  if (count == 0) return;

  world.modem.handle_serial(now, unfed.first(count));
  unfed = unfed.subspan(count);
}

// Runs what is ready, sleeping until the modem's next deadline at most. No timer: the deadline goes
// straight into epoll_wait().
void EventLoop::State::wait() {
  const auto deadline = world.modem.poll_timeout();
  if (!deadline) {
    io.run_one();
    return;
  }
  const auto rest = *deadline - world.clock.now();
  if (rest > Duration::zero()) {
    io.run_one_for(rest);
    return;
  }
  io.poll_one();
}

void EventLoop::State::settle(Instant now) {
  bool is_progressing = true;
  while (is_progressing) {
    feed(now);
    is_progressing = perform_actions(now);
    is_progressing |= deliver_events(now);
    if (!is_progressing) is_progressing = write_serial();
  }
}

bool EventLoop::State::perform_actions(Instant now) {
  bool is_any = false;
  while (const auto action = world.modem.poll_action()) {
    perform(now, *action);
    is_any = true;
  }
  return is_any;
}

void EventLoop::State::perform(Instant now, const firmware::Action& action) {
  std::visit(
      Overloaded{[&](const firmware::OpenTransport& a) { world.network.open(now, a); },
                 [&](const firmware::CloseTransport& a) { world.network.close(a); },
                 [&](const firmware::SendDatagram& a) { world.network.send(now, a); },
                 [&](const firmware::Trace& a) { world.log.write(to_log_level(a.level), a.text); },
                 // Secrets go nowhere unless a file was asked for.
                 [](const firmware::KeyLog&) {}},
      action);
}

bool EventLoop::State::deliver_events(Instant now) {
  bool is_any = false;
  while (const auto event = world.network.poll_event()) {
    deliver(now, *event);
    is_any = true;
  }
  return is_any;
}

void EventLoop::State::deliver(Instant now, const NetworkEvent& event) {
  auto& modem = world.modem;
  std::visit(Overloaded{[&](const Opened& e) { modem.handle_transport_opened(now, e.transport); },
                        [&](const OpenFailed& e) {
                          modem.handle_transport_failed(now, e.transport, e.error, e.why);
                        },
                        [&](const DatagramReceived& e) {
                          modem.handle_datagram(now, e.transport, e.datagram);
                        },
                        [&](const DatagramSent& e) {
                          modem.handle_datagram_sent(now, e.transport, e.handed_over);
                        }},
             event);
}

bool EventLoop::State::write_serial() {
  if (is_write_blocked || failure) return false;
  const auto octets = world.modem.poll_serial();
  if (octets.empty()) return false;

  const auto written = world.port.write(octets);
  if (!written) {
    lose_port(written.error().message());
    return false;
  }
  log_serial(">", octets.first(*written));
  const bool is_full = *written < octets.size();
  if (is_full) watch_writable();
  world.modem.handle_serial_written(*written);
  return true;
}

void EventLoop::State::watch_writable() {
  is_write_blocked = true;
  port.async_wait(boost::asio::posix::stream_descriptor::wait_write,
                  [this](const error_code& error) {
                    if (error) return lose_port(error.message());
                    is_write_blocked = false;
                  });
}

void EventLoop::State::lose_port(const std::string& why) {
  if (!failure) failure = fmt::format("{} is lost: {}", world.port.path(), why);
}

void EventLoop::State::log_serial(const char* direction, ByteView octets) {
  if (!world.log.is_enabled(LogLevel::kTrace)) return;
  world.log.format(LogLevel::kTrace, "serial {} {}", direction, printable(octets));
}

EventLoop::EventLoop(boost::asio::io_context& io, const World& world)
    : state_(std::make_unique<State>(io, world)) {
  state_->watch_signals();
}

EventLoop::~EventLoop() = default;

Expected<void, std::string> EventLoop::run() {
  auto& state = *state_;
  state.settle(state.world.clock.now());
  while (!state.is_ended && !state.failure) {
    state.arm_read();
    state.wait();
    const auto now = state.world.clock.now();
    const auto deadline = state.world.modem.poll_timeout();
    if (deadline && *deadline <= now) state.world.modem.handle_timeout(now);
    state.settle(now);
  }
  if (state.failure) return unexpected(*state.failure);
  return {};
}

}  // namespace vmodem::app
