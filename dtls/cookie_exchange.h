// A client's cookie exchange (RFC 6347 §4.2.1), and when it has to begin anew: a server that keeps no
// state answers a second ClientHello, where it does not take the cookie, with a first
// HelloVerifyRequest. So it does when a NAT has moved the client in between.
#pragma once

#include <cstdint>
#include <optional>

#include "dtls/record.h"

namespace vmodem::dtls {

class CookieExchange {
 public:
  static constexpr int kRestartsMax = 5;  // qcoap.md §10

  enum class Verdict : std::uint8_t {
    kTake,
    kRestart,  // the whole handshake, from the first ClientHello
    kIgnore,   // the restarts are used up
  };

  [[nodiscard]] Verdict judge(ByteView received);
  void note_sent(ByteView datagram);

  // The peer has answered a second ClientHello with a HelloVerifyRequest.
  [[nodiscard]] bool was_refused() const { return was_refused_; }

 private:
  // Of one try.
  struct Try {
    int first_hellos = 0;
    int verify_requests = 0;
    std::optional<std::uint64_t> second_hello;  // the record number of the first one with a cookie
    std::optional<Bytes> cookie;
  };

  [[nodiscard]] Verdict judge_request(const Record& request, ByteView cookie);

  Try try_;
  int restarts_ = 0;
  bool was_refused_ = false;
  bool is_over_ = false;  // the peer has taken a cookie
};

}  // namespace vmodem::dtls
