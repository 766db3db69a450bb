#include "dtls/datagram_filter.h"

#include <algorithm>

namespace vmodem::dtls {

ByteView DatagramFilter::admit(ByteView datagram, bool is_connected) {
  std::size_t size = 0;
  auto rest = datagram;
  for (auto record = next_record(rest); record && belongs(*record, is_connected);
       record = next_record(rest)) {
    size += record->octets.size();
  }
  return datagram.first(size);
}

void DatagramFilter::note_sent(ByteView datagram) {
  const auto record = next_record(datagram);
  if (record && record->is_clear_handshake(HandshakeType::kServerHello)) {
    answered_hello_ = last_hello_;
  }
}

bool DatagramFilter::belongs(const Record& record, bool is_connected) {
  // Such a record is of an older session, or overtook the Finished and comes too early.
  if (!is_connected && record.type == ContentType::kApplicationData) return false;

  return role_ == Role::kClient || belongs_to_server(record, is_connected);
}

bool DatagramFilter::belongs_to_server(const Record& record, bool is_connected) {
  const bool is_waiting = !answered_hello_;
  if (!is_waiting && !record.is_clear_handshake(HandshakeType::kClientHello)) return true;

  const auto random = client_hello_random(record);
  if (!random) return false;
  // A late copy of the session's own ClientHello still has a good cookie, but begins nothing anew.
  if (is_connected && std::ranges::equal(*random, *answered_hello_)) return false;

  last_hello_.assign(random->begin(), random->end());
  return true;
}

}  // namespace vmodem::dtls
