#include "dtls/session_store.h"

#include <algorithm>
#include <utility>

namespace vmodem::dtls {

void SessionStore::remember(ByteView id, SecretBytes session) {
  if (entries_.size() == kSizeMax) entries_.erase(entries_.begin());
  entries_.push_back({Bytes(id.begin(), id.end()), std::move(session)});
}

ByteView SessionStore::find(ByteView id) const {
  const auto found = std::ranges::find_if(
      entries_, [id](const Entry& entry) { return std::ranges::equal(entry.id, id); });
  return found == entries_.end() ? ByteView{} : found->session.view();
}

}  // namespace vmodem::dtls
