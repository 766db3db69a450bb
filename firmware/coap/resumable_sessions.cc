#include "firmware/coap/resumable_sessions.h"

#include <algorithm>
#include <utility>

namespace vmodem::firmware {
namespace {

bool is_same(const dtls::PskCredential& one, const dtls::PskCredential& other) {
  return one.identity == other.identity && std::ranges::equal(one.key.view(), other.key.view());
}

}  // namespace

dtls::SecretBytes ResumableSessions::take(const Server& server,
                                          const dtls::PskCredential& credential) {
  dtls::SecretBytes session;
  const auto known = std::ranges::find(entries_, server, &Entry::server);
  if (known != entries_.end()) {
    if (is_same(known->credential, credential)) session = std::move(known->session);
    entries_.erase(known);
  }
  if (entries_.size() == kSizeMax) entries_.erase(entries_.begin());
  entries_.push_back({server, credential, {}});
  return session;
}

void ResumableSessions::remember(const Server& server, dtls::SecretBytes session) {
  const auto known = std::ranges::find(entries_, server, &Entry::server);
  if (known != entries_.end()) known->session = std::move(session);
}

}  // namespace vmodem::firmware
