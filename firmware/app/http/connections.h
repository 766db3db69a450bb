// Who is connected, and who gives way when there are too many: a client that has not finished what
// it began, the oldest first. So nobody keeps another from its answer by holding on.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <string>

#include "firmware/app/http/http.h"

struct MHD_Connection;

namespace vmodem::app {

using WallTime = std::chrono::steady_clock::time_point;

enum class Phase : std::uint8_t {
  kIdle,    // between two requests
  kHead,    // a request has begun
  kBody,    // its head was right
  kAnswer,  // it is being answered
  kStream,  // it is being answered without an end in sight
};

struct Connection {
  MHD_Connection* handle;
  int fd;
  Phase phase;
  WallTime since;  // the phase; of a stream: what it last took
  std::string target{};
  std::string body{};
  std::unique_ptr<HttpStream> stream{};
  std::string pending{};        // of the stream, not yet taken
  std::size_t taken_size = 0;   // of `pending`
  bool is_suspended = false;    // a stream that waits for something to say
  bool is_silence_due = false;  // a stream that said nothing for long
  bool is_ended = false;        // it was told to give way
};

class Connections {
 public:
  static constexpr std::size_t kCountMax = 64;
  // Of all bodies that are under way.
  static constexpr std::size_t kBodiesSizeMax = std::size_t{4} * 1024 * 1024;

  // At most half of the places are for streams.
  explicit Connections(std::size_t count_max = kCountMax) : count_max_(count_max) {}

  // Lasts until erase().
  [[nodiscard]] Connection& add(MHD_Connection* handle, int fd, WallTime now);
  void erase(const Connection& connection);

  // A request goes on.
  void enter(Connection& connection, Phase phase, WallTime now);
  // False where all places of streams are taken by readers that read.
  [[nodiscard]] bool enter_stream(Connection& connection, WallTime now);
  // Part of a body; false where it is larger than it may be.
  [[nodiscard]] bool append_body(Connection& connection, std::string_view octets, WallTime now);
  void drop_body(Connection& connection);

  // Ends what takes too long.
  void end_overdue(WallTime now);

  [[nodiscard]] std::list<Connection>& all() { return connections_; }
  [[nodiscard]] bool empty() const { return connections_.empty(); }

 private:
  // Its descriptor is shut; the library finds that out and erases it.
  void end(Connection& connection);
  void end_oldest(bool (*may_end)(const Connection&, WallTime), const Connection* except,
                  WallTime now);

  std::size_t count_max_;
  std::list<Connection> connections_;
  std::size_t bodies_size_ = 0;
};

}  // namespace vmodem::app
