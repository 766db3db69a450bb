#include "firmware/app/port/shared_port.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <array>
#include <utility>

#include "firmware/base/check.h"
#include "net/listen_address.h"

namespace vmodem::app {
namespace {

constexpr Interest kUnwatched{.read = false, .write = false};

net::UniqueFd accept_caller(int listener) {
  return net::UniqueFd(::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
}

}  // namespace

SharedPort::SharedPort(SerialPort& serial, Poller& poller, Log& log)
    : serial_(serial), poller_(poller), log_(log) {
}

Expected<SharedPort, std::string> SharedPort::open(const std::vector<std::string>& addresses,
                                                   SerialPort& serial, Poller& poller, Log& log) {
  SharedPort port(serial, poller, log);
  for (const auto& text : addresses) {
    const auto address = net::parse_host_port_address(text);
    BG_CHECK(address.has_value(), "the configuration has only such as are right");
    auto listener = net::Listener::open(address->address);
    if (!listener) return unexpected(std::move(listener.error()));
    const auto id = static_cast<std::uint32_t>(port.doors_.size());
    poller.watch(listener->fd(), {Source::kListener, id});
    port.doors_.push_back({std::move(*listener), address->is_rfc2217});
  }
  return Expected<SharedPort, std::string>(std::move(port));
}

std::string SharedPort::name_of(std::size_t door) const {
  return to_string(net::HostPortAddress{doors_[door].listener.address(), doors_[door].is_rfc2217});
}

std::vector<std::string> SharedPort::addresses() const {
  std::vector<std::string> all;
  for (std::size_t door = 0; door < doors_.size(); ++door) all.push_back(name_of(door));
  return all;
}

void SharedPort::set_interest(Interest interest) {
  serial_.set_interest({interest.read, interest.write && !host_});
  if (host_) watch_host(host_->interest(interest));
}

// epoll(7): one that is watched for nothing is still told to have hung up, again and again.
void SharedPort::watch_host(Interest interest) {
  if (interest == interest_) return;
  const auto before = std::exchange(interest_, interest);
  if (interest == kUnwatched) {
    poller_.forget(host_->fd());
  } else if (before == kUnwatched) {
    poller_.watch(host_->fd(), host_tag_, interest);
  } else {
    poller_.change(host_->fd(), host_tag_, interest);
  }
}

Expected<ModemPort::Readiness, std::string> SharedPort::handle_ready(const Ready& ready) {
  if (ready.tag.source == Source::kHost) return handle_host(ready);
  if (ready.tag.source == Source::kListener) {
    return Readiness{.has_room = receive_callers(ready.tag.id)};
  }
  return serial_.handle_ready(ready);
}

ModemPort::Readiness SharedPort::handle_host(const Ready& ready) {
  if (!host_ || ready.tag != host_tag_) return {};
  if (ready.is_writable) {
    if (auto flushed = host_->flush(); !flushed) {
      lose_host(flushed.error());
      return {};
    }
  }
  return {.is_readable = ready.is_readable || ready.is_broken, .has_room = ready.is_writable};
}

bool SharedPort::receive_callers(std::size_t door) {
  bool is_admitted = false;
  while (true) {
    Caller caller{accept_caller(doors_[door].listener.fd()), door};
    if (!caller.fd.is_open()) return is_admitted;
    if (!is_open()) {
      log_.format(LogLevel::kWarning, "a host at {} is sent away: the port is gone with the power",
                  name_of(door));
    } else if (!host_) {
      admit(std::move(caller));
      is_admitted = true;
    } else if (!next_ && host_->is_leaving()) {
      next_ = std::move(caller);
    } else {
      log_.format(LogLevel::kWarning, "a second host at {} is sent away: the first is at {}",
                  name_of(door), name_of(host_door_));
    }
  }
}

void SharedPort::admit(Caller caller) {
  // tcp(7); a Unix socket knows no such delay.
  const int yes = 1;
  static_cast<void>(::setsockopt(caller.fd.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes));
  host_.emplace(std::move(caller.fd), doors_[caller.door].is_rfc2217);
  host_door_ = caller.door;
  ++host_tag_.id;
  interest_ = kUnwatched;
  watch_host({.read = true, .write = true});
  log_.format(LogLevel::kInfo, "a host is at {}", name_of(host_door_));
  take_over_unread();
  if (host_->is_wired()) news_.push_back(host_->circuits());
}

void SharedPort::take_over_unread() {
  if (serial_.has_host()) return;
  std::array<std::uint8_t, 4096> octets;
  while (const auto count = serial_.take_unread(octets)) {
    host_->push(ByteView(octets).first(count));
  }
}

void SharedPort::lose_host(std::string_view why) {
  log_.format(LogLevel::kInfo, "the host at {} is gone: {}", name_of(host_door_), why);
  while (auto news = host_->poll_news()) news_.push_back(std::move(*news));
  if (host_->is_wired()) {
    // As where the cable is pulled: both circuits fall. Then there is no host with circuits.
    auto fallen = host_->circuits();
    fallen.dtr = false;
    fallen.rts = false;
    news_.emplace_back(fallen);
    news_.emplace_back(firmware::HostCircuits{});
  }
  watch_host(kUnwatched);
  host_.reset();
  if (next_) admit(*std::exchange(next_, std::nullopt));
}

Expected<std::size_t, std::error_code> SharedPort::read(Tag tag, std::span<std::uint8_t> buffer) {
  if (tag.source != Source::kHost) return serial_.read(tag, buffer);
  if (!host_ || tag != host_tag_) return 0;
  const auto count = host_->read(buffer);
  if (count) return *count;
  lose_host(count.error());
  return 0;
}

Expected<std::size_t, std::error_code> SharedPort::write(ByteView octets) {
  if (!host_) return serial_.write(octets);
  const auto count = host_->write(octets);
  if (!count) {
    lose_host(count.error());
    return 0;
  }
  if (*count > 0 && serial_.has_host()) {
    const auto copied = serial_.write(octets.first(*count));
    if (!copied) return unexpected(copied.error());
  }
  return *count;
}

std::optional<HostNews> SharedPort::poll_news() {
  if (auto news = news_.take_front()) return news;
  return host_ ? host_->poll_news() : std::nullopt;
}

firmware::HostCircuits SharedPort::circuits() const {
  return host_ ? host_->circuits() : firmware::HostCircuits{};
}

void SharedPort::show(const firmware::ModuleCircuits& circuits) {
  if (!host_) return;
  if (auto shown = host_->show(circuits); !shown) lose_host(shown.error());
}

Expected<void, std::string> SharedPort::handle_power(bool is_on) {
  auto kept = serial_.handle_power(is_on);
  if (host_ && !is_open()) lose_host("the port goes with the power");
  return kept;
}

}  // namespace vmodem::app
