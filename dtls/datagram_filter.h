// Keeps from the library what RFC 6347 §4.1.2.7 wants ignored and the library would end a session
// for: its server takes all that comes in place of a ClientHello for a bad one.
#pragma once

#include <optional>

#include "dtls/engine.h"
#include "dtls/record.h"

namespace vmodem::dtls {

class DatagramFilter {
 public:
  explicit DatagramFilter(Role role) : role_(role) {}

  // The leading records of a received datagram that belong to the session; empty: none does.
  [[nodiscard]] ByteView admit(ByteView datagram, bool is_connected);
  void note_sent(ByteView datagram);

 private:
  [[nodiscard]] bool belongs(const Record& record, bool is_connected);
  [[nodiscard]] bool belongs_to_server(const Record& record, bool is_connected);

  Role role_;
  Bytes last_hello_;                     // the random of the last ClientHello let through
  std::optional<Bytes> answered_hello_;  // that of the last one answered with a ServerHello
};

}  // namespace vmodem::dtls
