// The octets of one data mode, up to the mode's own end: a count, Ctrl-Z or Esc, silence, or "+++".
#pragma once

#include <cstddef>
#include <optional>

#include "at_engine/command.h"
#include "firmware/base/bytes.h"
#include "firmware/base/time.h"

namespace vmodem::at {

class DataCollector {
 public:
  // AT95 7.5: silence before and after, and the time the three characters may take.
  static constexpr Duration kEscapeGuard = 1s;

  DataCollector(Instant now, DataMode mode);

  struct Step {
    std::size_t consumed = 0;          // octets behind the end are not the collector's
    std::optional<DataEnd> end;
    std::size_t acknowledgements = 0;  // blocks of acknowledge_every that became full
  };
  [[nodiscard]] Step feed(Instant now, ByteView octets);
  [[nodiscard]] std::optional<DataEnd> handle_timeout(Instant now);
  [[nodiscard]] std::optional<Instant> poll_timeout() const;

  [[nodiscard]] const DataMode& mode() const { return mode_; }
  [[nodiscard]] DataInput input(DataEnd end) const { return {octets_, end, is_overflown_}; }

 private:
  [[nodiscard]] bool waits_for_guard() const;
  std::optional<DataEnd> take(Instant now, std::uint8_t octet);
  bool holds_as_escape(Instant now, std::uint8_t octet);
  void release_held();
  void keep(std::uint8_t octet);
  [[nodiscard]] bool is_complete() const;

  DataMode mode_;
  Bytes octets_;
  bool is_overflown_ = false;
  bool is_guard_over_ = false;   // the silence before an escape sequence has been long enough
  std::size_t held_pluses_ = 0;  // they may turn out to be the escape sequence
  Instant first_plus_at_{};
  Instant last_octet_at_;
};

}  // namespace vmodem::at
