// Which descriptors are ready: epoll, level-triggered, with the sleep of the loop.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "firmware/base/time.h"
#include "net/sockets/unique_fd.h"

namespace vmodem::app {

enum class Source : std::uint32_t {
  kSerial,
  kPortTimer,
  kPortWatch,
  kListener,  // of a port beside the PTY
  kHost,      // that is connected there
  kSignal,
  kResolver,
  kTransport,
  kQuery,
  kControl,
  kOutside,  // others than the module, at the simulated servers
};

// Names a watched descriptor. An id is never used again, so that news of one that is closed, still
// in the batch at hand, finds nobody.
struct Tag {
  Source source;
  std::uint32_t id = 0;

  friend bool operator==(const Tag&, const Tag&) = default;
};

struct Interest {
  bool read = true;
  bool write = false;

  friend bool operator==(const Interest&, const Interest&) = default;
};

struct Ready {
  Tag tag;
  bool is_readable;
  bool is_writable;
  bool is_broken;  // hung up, or an error waits to be read; told without being asked for
};

class Poller {
 public:
  Poller();

  void watch(int fd, Tag tag, Interest interest = {});
  void change(int fd, Tag tag, Interest interest);
  // Before the descriptor is closed.
  void forget(int fd);

  // Sleeps until something is ready or `limit` is over, rounded up to a millisecond; without a
  // limit for ever. A signal, or a stop of the process, may end the sleep early: what is ready then
  // is told too. The result lasts until the next call.
  [[nodiscard]] std::span<const Ready> wait(std::optional<Duration> limit);

 private:
  static constexpr std::size_t kBatch = 16;

  net::UniqueFd epoll_;
  std::array<Ready, kBatch> ready_{};
};

}  // namespace vmodem::app
