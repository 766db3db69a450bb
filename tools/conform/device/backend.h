// Where a case runs: the modem object in virtual time, the C library, a vmodem, or a serial line.
//
// In:  what host and peers say, and how long to wait.
// Out: what the modem says to each of them.
#pragma once

#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "firmware/base/bytes.h"
#include "firmware/base/expected.h"
#include "firmware/base/time.h"

namespace vmodem::conform {

// What has come and has not been expected yet.
struct Inbox {
  std::string serial;
  std::vector<std::deque<Bytes>> datagrams;  // by peer, in the order of Script::peers
  std::vector<std::string> remarks;          // why, as far as the modem tells

  [[nodiscard]] bool is_empty() const {
    if (!serial.empty()) return false;
    for (const auto& queue : datagrams) {
      if (!queue.empty()) return false;
    }
    return true;
  }
};

// The one thing that ends a run without a verdict on the modem: the line or a socket failed.
struct BackendError {
  std::string what;
};
using Done = Expected<void, BackendError>;
[[nodiscard]] inline tl::unexpected<BackendError> failed(std::string what) {
  return unexpected(BackendError{std::move(what)});
}

class Backend {
 public:
  Backend() = default;
  Backend(const Backend&) = delete;
  Backend& operator=(const Backend&) = delete;
  virtual ~Backend() = default;

  [[nodiscard]] virtual Instant now() const = 0;
  // How much earlier than announced something may come: a line in real time has latency.
  [[nodiscard]] virtual Duration tolerance() const = 0;
  // False where time goes as it likes, so that only the order of what comes can be judged.
  [[nodiscard]] virtual bool knows_instants() const = 0;

  [[nodiscard]] virtual Done send_serial(Inbox& inbox, ByteView octets) = 0;
  // To where the last expected datagram of this peer came from.
  [[nodiscard]] virtual Done send_datagram(Inbox& inbox, std::size_t peer, ByteView datagram) = 0;
  // The front datagram of this peer has been expected and leaves the inbox.
  virtual void handle_expected(std::size_t peer) = 0;
  // Lets time pass up to `end`; what is due at `end` itself has not happened yet.
  [[nodiscard]] virtual Done run_until(Inbox& inbox, Instant end) = 0;
  // Lets what is due now happen, and gives it time to arrive; false where nothing more comes.
  [[nodiscard]] virtual Expected<bool, BackendError> await(Inbox& inbox) = 0;
  // At the end of the script: what still comes on its own has come.
  [[nodiscard]] virtual Done settle(Inbox& inbox) = 0;
  // As run_until(), but returns as soon as something has come; now() is then the instant it came.
  [[nodiscard]] virtual Done run_until_heard(Inbox& inbox, Instant end) {
    return run_until(inbox, end);
  }
  // Where the last expected datagram of this peer came from, as text that differs between two local
  // ports of the modem; empty: it cannot be known.
  [[nodiscard]] virtual std::string sender(std::size_t) const { return {}; }
};

}  // namespace vmodem::conform
