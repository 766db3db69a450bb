#include "firmware/app/http/connections.h"

#include <sys/socket.h>

#include <algorithm>

namespace vmodem::app {
namespace {

using namespace std::chrono_literals;

constexpr auto kRequestTimeMax = 10s;
constexpr auto kIdleTimeMax = 60s;
// A reader that was stopped in a debugger is not lost at once.
constexpr auto kBlockedTimeMax = 10min;
// Between a piece that was given and its way into the socket.
constexpr auto kWritingTime = 1s;

std::chrono::seconds time_max(const Connection& connection) {
  switch (connection.phase) {
    case Phase::kIdle:
      return kIdleTimeMax;
    case Phase::kHead:
    case Phase::kBody:
    case Phase::kAnswer:
      return kRequestTimeMax;
    case Phase::kStream:
      break;
  }
  return kBlockedTimeMax;
}

bool is_half(const Connection& connection, WallTime) {
  return connection.phase != Phase::kStream;
}

bool has_body(const Connection& connection, WallTime) {
  return connection.phase == Phase::kBody && !connection.body.empty();
}

// It has not taken what there is for it.
bool is_blocked(const Connection& connection, WallTime now) {
  return connection.phase == Phase::kStream && !connection.is_suspended &&
         now - connection.since >= kWritingTime;
}

bool is_stream(const Connection& connection) {
  return connection.phase == Phase::kStream && !connection.is_ended;
}

}  // namespace

Connection& Connections::add(MHD_Connection* handle, int fd, WallTime now) {
  const auto count = std::ranges::count(connections_, false, &Connection::is_ended);
  if (static_cast<std::size_t>(count) >= count_max_) end_oldest(is_half, nullptr, now);
  return connections_.emplace_back(Connection{handle, fd, Phase::kHead, now});
}

void Connections::erase(const Connection& connection) {
  bodies_size_ -= connection.body.size();
  connections_.remove_if([&](const Connection& other) { return &other == &connection; });
}

void Connections::enter(Connection& connection, Phase phase, WallTime now) {
  connection.phase = phase;
  connection.since = now;
}

bool Connections::enter_stream(Connection& connection, WallTime now) {
  const auto is_full = [&] {
    const auto count = std::ranges::count_if(connections_, is_stream);
    return static_cast<std::size_t>(count) >= count_max_ / 2;
  };
  if (is_full()) end_oldest(is_blocked, nullptr, now);
  if (is_full()) return false;
  enter(connection, Phase::kStream, now);
  return true;
}

bool Connections::append_body(Connection& connection, std::string_view octets, WallTime now) {
  if (octets.size() > kHttpBodySizeMax - connection.body.size()) return false;
  connection.body += octets;
  bodies_size_ += octets.size();
  if (bodies_size_ > kBodiesSizeMax) end_oldest(has_body, &connection, now);
  return true;
}

void Connections::drop_body(Connection& connection) {
  bodies_size_ -= connection.body.size();
  std::string().swap(connection.body);
}

void Connections::end_overdue(WallTime now) {
  for (auto& connection : connections_) {
    if (connection.is_suspended || connection.is_ended) continue;
    if (now - connection.since >= time_max(connection)) end(connection);
  }
}

void Connections::end(Connection& connection) {
  connection.is_ended = true;
  drop_body(connection);
  ::shutdown(connection.fd, SHUT_RDWR);
}

void Connections::end_oldest(bool (*may_end)(const Connection&, WallTime), const Connection* except,
                             WallTime now) {
  Connection* oldest = nullptr;
  for (auto& connection : connections_) {
    const bool is_candidate =
        !connection.is_ended && &connection != except && may_end(connection, now);
    if (is_candidate && (oldest == nullptr || connection.since < oldest->since)) {
      oldest = &connection;
    }
  }
  if (oldest != nullptr) end(*oldest);
}

}  // namespace vmodem::app
