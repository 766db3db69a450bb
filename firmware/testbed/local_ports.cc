#include "firmware/testbed/local_ports.h"

namespace vmodem::testbed {

std::uint16_t LocalPorts::take(firmware::TransportId transport,
                               std::optional<std::uint8_t> number) {
  const auto before = number ? numbered_.find(*number) : numbered_.end();
  const bool is_kept = before != numbered_.end() && !owners_.contains(before->second);
  const auto port = is_kept ? before->second : next_free();
  if (number) numbered_[*number] = port;
  owners_[port] = transport;
  return port;
}

std::uint16_t LocalPorts::next_free() {
  do {
    last_ = last_ == kMax ? kMin : static_cast<std::uint16_t>(last_ + 1);
  } while (owners_.contains(last_));
  return last_;
}

std::optional<firmware::TransportId> LocalPorts::owner(std::uint16_t port) const {
  const auto found = owners_.find(port);
  if (found == owners_.end()) return std::nullopt;
  return found->second;
}

}  // namespace vmodem::testbed
