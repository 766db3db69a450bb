// What happens in the world, for tests, logs and the control interface.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "firmware/base/bytes.h"
#include "net/endpoint.h"

namespace vmodem::sim {

enum class WorldEventKind : std::uint8_t {
  kUnreachable,  // a datagram to an address without a server
  kRequest,      // a request was processed
  kDuplicate,    // a copy was answered as the first one was
  kUndecodable,
  kRejected,      // decoded, but answered by RST or ignored
  kAcknowledged,  // a confirmable message of the server
  kReset,         // RST to a message of the server
  kGaveUp,        // the server's last retransmission went unanswered
  kResponse,      // to a request of the server
  kObserverAdded,
  kObserverRemoved,
  kRestarted,
  kSessionOpened,  // DTLS handshake done
  kSessionEnded,   // closed, failed or evicted
  kOverflow,       // something bounded was full and something was given up
  kSent,           // a message of the server, where messages are kept
  kNotified,       // a notification, likewise
  kCount,
};

[[nodiscard]] std::string_view describe(WorldEventKind kind);

struct WorldEvent {
  WorldEventKind kind;
  net::Endpoint server;
  net::Endpoint peer;
  Bytes message{};         // of kRequest, kSent and kNotified, where messages are kept; decrypted
  std::uint64_t mark = 0;  // WorldEventLog's when it was reported

  friend bool operator==(const WorldEvent&, const WorldEvent&) = default;
};

// Counts everything and keeps a bounded number for whoever polls.
class WorldEventLog {
 public:
  static constexpr std::size_t kSizeMax = 1024;

  void report(WorldEvent event);
  // Of what is being handled.
  void set_mark(std::uint64_t mark) { mark_ = mark; }
  // Before anything happens.
  void keep_messages() { keeps_messages_ = true; }
  [[nodiscard]] bool keeps_messages() const { return keeps_messages_; }
  [[nodiscard]] std::optional<WorldEvent> poll();
  [[nodiscard]] std::uint64_t count(WorldEventKind kind) const;

 private:
  std::vector<WorldEvent> events_;
  std::size_t polled_ = 0;
  bool keeps_messages_ = false;
  std::uint64_t mark_ = 0;
  std::array<std::uint64_t, static_cast<std::size_t>(WorldEventKind::kCount)> counts_{};
};

}  // namespace vmodem::sim
