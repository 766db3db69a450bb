#include "tools/conform/record/relay.h"

#include <poll.h>

#include <array>
#include <chrono>
#include <utility>

namespace vmodem::conform {
namespace {

constexpr Duration kFarewellStep = 5ms;

Instant now() {
  return Instant(
      std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch()));
}

short interest(bool reads, bool writes) {
  return static_cast<short>((reads ? POLLIN : 0) | (writes ? POLLOUT : 0));
}

}  // namespace

Relay::Relay(app::Pty& host, Line& device, SessionRecorder& recorder,
             std::function<void()> handle_recorded)
    : host_(host),
      device_(device),
      recorder_(recorder),
      handle_recorded_(std::move(handle_recorded)) {
}

Relay::Ended Relay::run(app::EndSignals& signals) {
  while (true) {
    const bool reads_host = for_device_.size() < kWaitingMax;
    const bool reads_device = for_host_.size() < kWaitingMax;
    std::array<pollfd, 4> waiting{{
        {host_.fd(), interest(reads_host, !for_host_.empty()), 0},
        {device_.fd(), interest(reads_device, !for_device_.empty()), 0},
        {signals.fd(), POLLIN, 0},
        {host_.watch_fd(), POLLIN, 0},
    }};
    if (::poll(waiting.data(), waiting.size(), timeout_ms()) < 0) continue;
    const auto done = handle_ready(waiting[0].revents, waiting[1].revents);
    recorder_.handle_timeout(now());
    handle_recorded_();
    if (waiting[3].revents != 0) host_.handle_watch();
    const bool is_over = waiting[2].revents != 0;
    if (done && !is_over) continue;

    if (is_over) static_cast<void>(signals.take());
    if (!done) for_device_.clear();
    say_farewell();
    recorder_.finish();
    handle_recorded_();
    if (done) return {End::kSignal, {}};
    return {End::kDeviceLost, done.error().what};
  }
}

Done Relay::handle_ready(short host_events, short device_events) {
  if (host_events & POLLOUT) {
    if (auto written = write_to_host(); !written) return written;
  }
  if (device_events & POLLOUT) {
    if (auto written = write_to_device(); !written) return written;
  }
  if (host_events & POLLIN) {
    if (auto passed = pass_from_host(); !passed) return passed;
  }
  // A hang-up is told by reading, behind what came before it.
  if (device_events & (POLLIN | POLLHUP | POLLERR)) return pass_from_device();
  return {};
}

Done Relay::pass_from_host() {
  std::array<std::uint8_t, 4096> buffer;
  const auto count = host_.read(buffer);
  if (!count) return failed("the port of the host: " + count.error().message());
  if (*count == 0) return {};

  const auto at = now();
  const auto octets = ByteView(buffer).first(*count);
  for_device_.insert(for_device_.end(), octets.begin(), octets.end());
  auto written = write_to_device();
  recorder_.handle_host(at, octets);
  return written;
}

Done Relay::pass_from_device() {
  const auto size = for_host_.size();
  const auto at = now();
  if (auto read = device_.read(for_host_); !read) return read;
  if (for_host_.size() == size) return {};

  const auto octets = for_host_.substr(size);
  auto written = write_to_host();
  recorder_.handle_device(at, as_bytes(octets));
  return written;
}

Done Relay::write_to_device() {
  std::size_t written = 0;
  while (written < for_device_.size()) {
    const auto count = device_.write(ByteView(for_device_).subspan(written));
    if (!count) return unexpected(count.error());
    if (*count == 0) break;
    written += *count;
  }
  for_device_.erase(for_device_.begin(),
                    for_device_.begin() + static_cast<std::ptrdiff_t>(written));
  return {};
}

Done Relay::write_to_host() {
  const auto count = host_.write(as_bytes(for_host_));
  if (!count) return failed("the port of the host: " + count.error().message());
  for_host_.erase(0, *count);
  return {};
}

// The port takes with it what no host has read yet.
void Relay::say_farewell() {
  const auto end = now() + kFarewellMax;
  while (now() < end) {
    const bool is_told = for_host_.empty() && (host_.unread_count() == 0 || !host_.has_host());
    if (is_told && for_device_.empty()) return;
    if (!write_to_host() || !write_to_device()) return;
    ::poll(nullptr, 0,
           std::chrono::duration_cast<std::chrono::milliseconds>(kFarewellStep).count());
  }
}

int Relay::timeout_ms() const {
  const auto deadline = recorder_.poll_timeout();
  if (!deadline) return -1;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(*deadline - now()).count();
  return static_cast<int>(std::max<std::int64_t>(left, 0));
}

}  // namespace vmodem::conform
