// Tells how far a handshake came from the records that passed in clear. Most servers stay silent on
// a wrong key, so progress is all there is to name a cause.
#pragma once

#include <optional>

#include "dtls/session.h"

namespace vmodem::dtls {

class HandshakeWatch {
 public:
  void note_received(ByteView datagram);
  void note_sent(ByteView datagram);

  // Why the handshake ended, given that nothing more came.
  [[nodiscard]] FailureReason silence_reason() const;
  // The peer changed to the new keys before we did.
  [[nodiscard]] bool peer_finished_first() const { return peer_finished_first_; }
  // The last alert the peer sent in clear, of any level.
  [[nodiscard]] std::optional<std::uint8_t> alert() const { return alert_; }

 private:
  bool datagram_received_ = false;
  bool record_received_ = false;
  bool past_hello_verify_ = false;
  bool peer_keyed_ = false;  // the peer switched to the new keys, so it took our Finished
  bool finished_sent_ = false;
  bool peer_finished_first_ = false;
  bool peer_repeats_ = false;  // clear handshake records after our Finished
  std::optional<std::uint8_t> alert_;
};

}  // namespace vmodem::dtls
