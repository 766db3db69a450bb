// The sessions that a server lets its clients resume, by session ID (RFC 5246 §7.4.1.2).
#pragma once

#include <cstddef>
#include <vector>

#include "dtls/psk_credential.h"
#include "firmware/base/bytes.h"

namespace vmodem::dtls {

class SessionStore {
 public:
  static constexpr std::size_t kSizeMax = 100;  // the oldest one goes

  void remember(ByteView id, SecretBytes session);
  // Empty where it is not known; borrowed until the next remember().
  [[nodiscard]] ByteView find(ByteView id) const;

 private:
  struct Entry {
    Bytes id;
    SecretBytes session;
  };

  std::vector<Entry> entries_;
};

}  // namespace vmodem::dtls
