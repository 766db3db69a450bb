// URCs that were written by the module and are kept from the host for a while, in their order.
#pragma once

#include <cstddef>
#include <optional>

#include "firmware/base/bytes.h"
#include "firmware/base/queue.h"
#include "firmware/base/time.h"
#include "firmware/testbed/serial/serial_fault.h"

namespace vmodem::testbed {

struct HeldUrc {
  Bytes octets;
  Instant until;                  // written then at the latest
  std::optional<UrcPlace> place;  // or as soon as the line stands there
  bool is_own = true;             // held for a fault of its own, not behind another
};

class HeldUrcs {
 public:
  // More may not be held; one URC may pass the bound.
  static constexpr std::size_t kCountMax = 64;
  static constexpr std::size_t kSizeMax = 64 * 1024;

  [[nodiscard]] bool empty() const { return urcs_.empty(); }
  [[nodiscard]] bool has_room() const { return urcs_.size() < kCountMax && size_ < kSizeMax; }
  [[nodiscard]] std::size_t size() const { return size_; }
  // The first one waits for this place.
  [[nodiscard]] bool waits_for(UrcPlace place) const {
    return !empty() && urcs_.front().place == place;
  }

  // There is room.
  void push(HeldUrc urc);
  // The first one, where its time is over.
  [[nodiscard]] std::optional<HeldUrc> take_due(Instant now);
  // The first one, whatever it waits for.
  [[nodiscard]] std::optional<HeldUrc> take();
  [[nodiscard]] std::optional<Instant> poll_timeout() const;

 private:
  Queue<HeldUrc> urcs_;
  std::size_t size_ = 0;
};

}  // namespace vmodem::testbed
