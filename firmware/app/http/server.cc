#include "firmware/app/http/server.h"

#include <microhttpd.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <new>

#include "firmware/app/http/callbacks.h"

namespace vmodem::app {
namespace {

using namespace std::chrono_literals;

// What is told at once would cost a system call an entry and client.
constexpr auto kNewsInterval = 20ms;
constexpr auto kSweepInterval = 1s;
constexpr auto kSilenceMax = 15s;
// A head, and what an answer is written through.
constexpr std::size_t kConnectionMemory = std::size_t{16} * 1024;
constexpr unsigned kInactivityS = 30;
constexpr std::size_t kCountMin = 4;

bool watch(int epoll, int fd) {
  epoll_event event{};
  event.events = EPOLLIN;
  return ::epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) == 0;
}

// Most descriptors are left to the modem.
std::size_t count_max() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return kCountMin;
  return std::clamp<std::size_t>(limit.rlim_cur / 8, kCountMin, Connections::kCountMax);
}

timespec to_timespec(WallTime time) {
  const auto since = time.time_since_epoch();
  const auto whole = std::chrono::floor<std::chrono::seconds>(since);
  return {whole.count(), std::chrono::nanoseconds(since - whole).count()};
}

}  // namespace

MicrohttpdServer::MicrohttpdServer(HttpHandler& handler)
    : handler_(handler), connections_(count_max()) {
}

HttpServer* MicrohttpdServer::serve(int listener, HttpHandler& handler) noexcept {
  auto* server = new (std::nothrow) MicrohttpdServer(handler);
  if (server != nullptr && server->start(listener)) return server;
  delete server;
  return nullptr;
}

bool MicrohttpdServer::start(int listener) {
  epoll_ = ::epoll_create1(EPOLL_CLOEXEC);
  timer_ = ::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
  if (epoll_ < 0 || timer_ < 0 || !watch(epoll_, timer_)) return false;
  // Those that were told to give way may not have gone yet.
  const auto connection_limit = static_cast<unsigned>(2 * count_max());
  daemon_ = MHD_start_daemon(
      MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, nullptr, nullptr, &Callbacks::handle_request,
      this, MHD_OPTION_LISTEN_SOCKET, listener, MHD_OPTION_NOTIFY_CONNECTION,
      &Callbacks::note_connection, this, MHD_OPTION_NOTIFY_COMPLETED, &Callbacks::note_completed,
      this, MHD_OPTION_URI_LOG_CALLBACK, &Callbacks::note_target, this,
      MHD_OPTION_UNESCAPE_CALLBACK, &Callbacks::keep_escapes, nullptr,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, kConnectionMemory, MHD_OPTION_CONNECTION_LIMIT,
      connection_limit, MHD_OPTION_CONNECTION_TIMEOUT, kInactivityS, MHD_OPTION_STRICT_FOR_CLIENT,
      1, MHD_OPTION_END);
  if (daemon_ == nullptr) return false;
  const auto* info = MHD_get_daemon_info(daemon_, MHD_DAEMON_INFO_EPOLL_FD);
  return info != nullptr && watch(epoll_, info->epoll_fd);
}

// The library takes it for an error if one is still suspended at its end.
MicrohttpdServer::~MicrohttpdServer() {
  for (auto& connection : connections_.all()) {
    if (connection.is_suspended) resume(connection);
  }
  if (daemon_ != nullptr) MHD_stop_daemon(daemon_);
  if (timer_ >= 0) ::close(timer_);
  if (epoll_ >= 0) ::close(epoll_);
}

void MicrohttpdServer::handle_ready() noexcept {
  std::uint64_t count = 0;
  if (::read(timer_, &count, sizeof count) > 0) due_.reset();
  const auto now = std::chrono::steady_clock::now();
  if (now - swept_ >= kSweepInterval) sweep(now);
  run(now);
}

// The timer rings, and handle_ready() tells them: who wakes this expects no request to be handled.
void MicrohttpdServer::wake() noexcept {
  if (suspended_count_ == 0 || has_news_) return;
  has_news_ = std::ranges::any_of(connections_.all(), [](const Connection& connection) {
    return connection.is_suspended && connection.stream->is_ready();
  });
  if (has_news_) set_timer(std::chrono::steady_clock::now());
}

// Once for each connection that has something to do; what is left makes the timer ring at once, so
// that the loop sees to others in between.
void MicrohttpdServer::run(WallTime now) {
  if (has_news_ && now - woken_ >= kNewsInterval) {
    has_news_ = false;
    woken_ = now;
    for (auto& connection : connections_.all()) {
      if (connection.is_suspended && connection.stream->is_ready()) resume(connection);
    }
  }
  MHD_run(daemon_);
  set_timer(now);
}

void MicrohttpdServer::sweep(WallTime now) {
  swept_ = now;
  connections_.end_overdue(now);
  for (auto& connection : connections_.all()) {
    if (!connection.is_suspended || now - connection.since < kSilenceMax) continue;
    connection.is_silence_due = true;
    resume(connection);
  }
}

void MicrohttpdServer::set_timer(WallTime now) {
  std::optional<WallTime> due;
  const auto by = [&](WallTime time) { due = due ? std::min(*due, time) : time; };
  MHD_UNSIGNED_LONG_LONG timeout_ms = 0;
  if (MHD_get_timeout(daemon_, &timeout_ms) == MHD_YES) {
    by(now + std::chrono::milliseconds(timeout_ms));
  }
  if (has_news_) by(woken_ + kNewsInterval);
  if (!connections_.empty()) by(swept_ + kSweepInterval);
  if (due == due_) return;
  due_ = due;
  itimerspec setting{};  // zero: never
  if (due) setting.it_value = to_timespec(*due);
  ::timerfd_settime(timer_, TFD_TIMER_ABSTIME, &setting, nullptr);
}

void MicrohttpdServer::resume(Connection& connection) {
  connection.is_suspended = false;
  --suspended_count_;
  MHD_resume_connection(connection.handle);
}

}  // namespace vmodem::app
