#include "firmware/testbed/serial/held_urcs.h"

#include <utility>

#include "firmware/base/check.h"

namespace vmodem::testbed {

void HeldUrcs::push(HeldUrc urc) {
  BG_CHECK(has_room(), "the line makes room before it holds another URC");
  size_ += urc.octets.size();
  urcs_.push_back(std::move(urc));
}

std::optional<HeldUrc> HeldUrcs::take_due(Instant now) {
  if (empty() || now < urcs_.front().until) return std::nullopt;
  return take();
}

std::optional<HeldUrc> HeldUrcs::take() {
  auto urc = urcs_.take_front();
  if (urc) size_ -= urc->octets.size();
  return urc;
}

std::optional<Instant> HeldUrcs::poll_timeout() const {
  if (empty()) return std::nullopt;
  return urcs_.front().until;
}

}  // namespace vmodem::testbed
