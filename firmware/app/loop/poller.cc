#include "firmware/app/loop/poller.h"

#include <sys/epoll.h>

#include <algorithm>
#include <cerrno>
#include <limits>

#include "firmware/base/check.h"

namespace vmodem::app {
namespace {

std::uint64_t pack(Tag tag) {
  return static_cast<std::uint64_t>(tag.source) << 32 | tag.id;
}

Tag unpack(std::uint64_t data) {
  return {static_cast<Source>(data >> 32), static_cast<std::uint32_t>(data)};
}

void control(int epoll, int operation, int fd, Tag tag, Interest interest) {
  epoll_event event{};
  event.events = (interest.read ? EPOLLIN : 0U) | (interest.write ? EPOLLOUT : 0U);
  event.data.u64 = pack(tag);
  BG_CHECK(::epoll_ctl(epoll, operation, fd, &event) == 0,
           "the descriptor is open and watched as the caller says");
}

// Up, so that what is due at the end of the sleep is due.
int to_milliseconds(std::optional<Duration> limit) {
  if (!limit) return -1;
  const auto whole = std::chrono::ceil<std::chrono::milliseconds>(*limit).count();
  return static_cast<int>(std::clamp<std::int64_t>(whole, 0, std::numeric_limits<int>::max()));
}

}  // namespace

Poller::Poller() : epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
  BG_CHECK(epoll_.is_open(), "a process that has just begun has descriptors left");
}

void Poller::watch(int fd, Tag tag, Interest interest) {
  control(epoll_.get(), EPOLL_CTL_ADD, fd, tag, interest);
}

void Poller::change(int fd, Tag tag, Interest interest) {
  control(epoll_.get(), EPOLL_CTL_MOD, fd, tag, interest);
}

void Poller::forget(int fd) {
  control(epoll_.get(), EPOLL_CTL_DEL, fd, {}, {});
}

std::span<const Ready> Poller::wait(std::optional<Duration> limit) {
  std::array<epoll_event, kBatch> events;
  const auto take = [&](int timeout) {
    return ::epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()), timeout);
  };
  int count = take(to_milliseconds(limit));
  // signal(7): a process that was stopped and goes on is told EINTR, although much may be ready.
  while (count < 0 && errno == EINTR) count = take(0);
  BG_CHECK(count >= 0, "the arguments are sound");
  const auto end = std::transform(
      events.begin(), events.begin() + count, ready_.begin(), [](const epoll_event& event) {
        return Ready{unpack(event.data.u64), (event.events & EPOLLIN) != 0,
                     (event.events & EPOLLOUT) != 0, (event.events & (EPOLLERR | EPOLLHUP)) != 0};
      });
  return {ready_.begin(), end};
}

}  // namespace vmodem::app
