// The DTLS sessions of one SSL context that AT+QSSLCFG="session" may resume: the last one with each
// server (SSL95 §2.3.1, qcoap.md §10).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "dtls/psk_credential.h"

namespace vmodem::firmware {

struct Server {
  std::string host;
  std::uint16_t port = 0;

  friend bool operator==(const Server&, const Server&) = default;
};

class ResumableSessions {
 public:
  static constexpr std::size_t kSizeMax = 6;  // the oldest one goes

  // What to offer to `server`; empty where there is nothing, or was made with another credential.
  // It is gone afterwards: a session whose resumption failed is not tried again.
  [[nodiscard]] dtls::SecretBytes take(const Server& server,
                                       const dtls::PskCredential& credential);
  // What the handshake begun by take() has led to.
  void remember(const Server& server, dtls::SecretBytes session);

 private:
  struct Entry {
    Server server;
    dtls::PskCredential credential;
    dtls::SecretBytes session;
  };

  std::vector<Entry> entries_;
};

}  // namespace vmodem::firmware
