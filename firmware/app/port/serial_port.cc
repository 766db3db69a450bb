#include "firmware/app/port/serial_port.h"

#include <fmt/format.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <utility>

#include "firmware/base/check.h"

namespace vmodem::app {
namespace {

constexpr Tag kTimerTag{Source::kPortTimer};
constexpr Tag kWatchTag{Source::kPortWatch};
constexpr Duration kFarewellStep = 20ms;

timespec to_timespec(Duration duration) {
  return {.tv_sec = duration / 1s, .tv_nsec = (duration % 1s).count()};
}

}  // namespace

Expected<SerialPort, std::string> SerialPort::open(Settings settings, Poller& poller, Log& log) {
  SerialPort port(std::move(settings), poller, log);
  if (auto appeared = port.appear(); !appeared) return unexpected(std::move(appeared.error()));
  return Expected<SerialPort, std::string>(std::move(port));
}

SerialPort::SerialPort(Settings settings, Poller& poller, Log& log)
    : settings_(std::move(settings)),
      poller_(poller),
      log_(log),
      timer_(::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC)) {
  BG_CHECK(timer_.is_open(), "a process that has just begun has descriptors left");
  poller_.watch(timer_.get(), kTimerTag);
}

Expected<void, std::string> SerialPort::appear() {
  auto pty = Pty::open();
  if (!pty) return unexpected(std::move(pty.error()));
  if (!settings_.link.empty()) {
    if (!pty->mark(link_key(settings_.link))) {
      return unexpected(
          fmt::format("cannot lock {}: {}", pty->path(), net::last_error().message()));
    }
    auto link = PortLink::create(settings_.link, pty->path());
    if (!link) return unexpected(std::move(link.error()));
    link_.emplace(std::move(*link));
  }
  pty_.emplace(std::move(*pty));
  path_ = pty_->path();
  ++tag_.id;
  interest_ = {};
  poller_.watch(pty_->fd(), tag_, interest_);
  if (pty_->watch_fd() >= 0) poller_.watch(pty_->watch_fd(), kWatchTag);
  state_ = State::kOpen;
  return {};
}

Expected<void, std::string> SerialPort::reappear() {
  auto appeared = appear();
  if (appeared) log_.format(LogLevel::kInfo, "the port is back as {}", path_);
  return appeared;
}

void SerialPort::set_interest(Interest interest) {
  if (!is_open() || interest == interest_) return;
  interest_ = interest;
  poller_.change(pty_->fd(), tag_, interest_);
}

Expected<ModemPort::Readiness, std::string> SerialPort::handle_ready(const Ready& ready) {
  if (ready.tag == kTimerTag) {
    auto kept = handle_timer();
    if (!kept) return unexpected(std::move(kept.error()));
    return Readiness{};
  }
  if (ready.tag == kWatchTag) {
    if (pty_) pty_->handle_watch();
    return Readiness{};
  }
  if (!is_of(ready.tag)) return Readiness{};
  // Our own slave end keeps this from happening when a host leaves.
  if (ready.is_broken) return unexpected(fmt::format("{} is lost: hung up", path_));
  return Readiness{ready.is_readable, ready.is_writable};
}

Expected<std::size_t, std::error_code> SerialPort::read(Tag, std::span<std::uint8_t> buffer) {
  BG_CHECK(is_open(), "nobody reads a port that is not open");
  return pty_->read(buffer);
}

Expected<std::size_t, std::error_code> SerialPort::write(ByteView octets) {
  BG_CHECK(is_open(), "nobody writes to a port that is not open");
  return pty_->write(octets);
}

Expected<void, std::string> SerialPort::handle_power(bool is_on) {
  if (!settings_.reappears) return {};
  is_module_on_ = is_on;
  switch (state_) {
    case State::kOpen:
      if (!is_on) leave();
      return {};
    case State::kLeaving:
    case State::kAbsent:
      return {};
    case State::kAwaited:
      break;
  }
  if (!is_on) return {};
  return reappear();
}

std::size_t SerialPort::take_unread(std::span<std::uint8_t> buffer) {
  return pty_ ? pty_->take_unread(buffer) : 0;
}

Expected<void, std::string> SerialPort::handle_timer() {
  std::uint64_t expirations = 0;
  const auto size = ::read(timer_.get(), &expirations, sizeof expirations);
  // It was set anew after it had become ready.
  if (size != sizeof expirations) return {};

  switch (state_) {
    case State::kLeaving:
      farewell_ += kFarewellStep;
      if (pty_->unread_count() == 0 || farewell_ >= kFarewellMax) vanish();
      return {};
    case State::kAbsent:
      state_ = State::kAwaited;
      if (!is_module_on_) return {};
      return reappear();
    case State::kOpen:
    case State::kAwaited:
      break;
  }
  return {};
}

void SerialPort::leave() {
  // Nothing but its timer wakes the loop for a port that goes.
  set_interest({.read = false, .write = false});
  state_ = State::kLeaving;
  farewell_ = Duration::zero();
  set_timer(kFarewellStep, kFarewellStep);
}

void SerialPort::vanish() {
  link_.reset();
  poller_.forget(pty_->fd());
  if (pty_->watch_fd() >= 0) poller_.forget(pty_->watch_fd());
  pty_.reset();
  state_ = State::kAbsent;
  set_timer(kAbsenceMin, Duration::zero());
  log_.format(LogLevel::kInfo, "the port {} is gone with the power", path_);
}

void SerialPort::set_timer(Duration first, Duration interval) {
  const itimerspec spec{.it_interval = to_timespec(interval), .it_value = to_timespec(first)};
  BG_CHECK(::timerfd_settime(timer_.get(), 0, &spec, nullptr) == 0, "the times are sound");
}

}  // namespace vmodem::app
