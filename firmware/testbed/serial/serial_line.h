// The serial line between a module and its host: octets, faults and the time go in, octets come
// out. Without faults it passes everything on, at once and in order. The same seed, calls and
// instants give the same octets.
//
// In:  octets of both ends, faults, the time.
// Out: octets of both ends, late, changed or lost.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "at_engine/serial_segment.h"
#include "firmware/base/bytes.h"
#include "firmware/base/random.h"
#include "firmware/base/time.h"
#include "firmware/testbed/serial/held_urcs.h"
#include "firmware/testbed/serial/line_rates.h"
#include "firmware/testbed/serial/paced_octets.h"
#include "firmware/testbed/serial/serial_event.h"
#include "firmware/testbed/serial/serial_fault.h"

namespace vmodem::testbed {

class SerialLine {
 public:
  static constexpr std::size_t kSizeMax = 64 * 1024;
  static constexpr std::size_t kFaultCountMax = 64;  // that wait for a URC or for a result
  static constexpr std::uint32_t kGarbageSizeMax = 4 * 1024;
  static constexpr Duration kDurationMax = 24h;

  // Draws from RandomStream::kFault and kChunk only. `random` outlives the line.
  explicit SerialLine(RandomSource& random) : random_(random), output_(random) {}

  // Room for one segment of whatever size. Where there is none the module keeps its output, and its
  // own bound holds. What the line holds never passes kSizeMax, one segment, and what HeldUrcs may
  // hold.
  [[nodiscard]] bool has_room() const { return output_.size() < kSizeMax; }
  // The next of the module's output, whole. There is room.
  void push(Instant now, const at::SerialSegment& segment);

  // What may go to the host now, borrowed until the next call that is not const. Push while there
  // is room, write, and poll again until neither has anything left.
  [[nodiscard]] ByteView poll(Instant now);
  // Of what was polled last.
  void handle_written(std::size_t count) { output_.handle_written(count); }
  // When poll() may have more without a push().
  [[nodiscard]] std::optional<Instant> poll_timeout() const;
  // Octets wait for their time, or for a host that reads.
  [[nodiscard]] bool has_output() const { return output_.size() != 0; }
  // A rate or a pause holds octets back.
  [[nodiscard]] bool is_paced() const { return output_.poll_timeout().has_value(); }

  // Where they differ, both ends read octets that nobody has sent.
  void set_rates(const LineRates& rates) { rates_ = rates; }

  // What of the host's octets reaches the module, borrowed until the next call: `octets` themselves
  // where there is no fault, never more than they are.
  [[nodiscard]] ByteView receive(Instant now, ByteView octets);

  // False, and nothing changes, where a value passes a bound above, a duration is negative, or too
  // many faults wait. Only the last of these is an event.
  bool inject(Instant now, const SerialFault& fault);
  // No fault waits, no mode lasts; URCs that are held go out.
  void clear();
  // The host's end is gone, and with it what has not gone out. Faults and modes stay.
  void drop_output();

  [[nodiscard]] bool has_event() const { return !log_.empty(); }
  [[nodiscard]] std::optional<SerialEvent> poll_event() { return log_.poll(); }
  [[nodiscard]] std::uint64_t count(SerialEventKind kind) const { return log_.count(kind); }

 private:
  using ResultFault = std::variant<DropResult, DoubleResult>;
  using UrcFault =
      std::variant<DropUrc, DoubleUrc, TruncateUrc, DelayUrc, WrongReceiveLength, PlaceUrc>;

  [[nodiscard]] bool has_room_for(const SerialFault& fault) const;
  void push_whole(Instant now, const at::SerialSegment& segment);
  [[nodiscard]] ByteView faulty_input(ByteView octets);
  void push_echo(Instant now, ByteView echo);
  void push_echo_of_line(Instant now, ByteView part);
  void push_result(Instant now, ByteView result);
  void push_urc(Instant now, ByteView urc);
  void place_urc(Instant now, const std::vector<UrcFault>& faults, const Bytes& urc);
  [[nodiscard]] std::size_t kept_size(const TruncateUrc& fault, std::size_t urc_size);

  void write_garbage(Instant now);
  // Behind those that are held.
  void write_urc(Instant now, ByteView urc);
  void hold(Instant now, HeldUrc urc);
  // Held URCs whose time is over.
  void write_due(Instant now);
  // The held URCs that wait for the place where the line stands now, and those behind them.
  void write_held_at(Instant now, UrcPlace place);
  void write_all_held(Instant now);
  void write_held(Instant now, const HeldUrc& urc, SerialEventKind why);
  void report(SerialEventKind kind, ByteView about);

  RandomSource& random_;
  PacedOctets output_;
  HeldUrcs held_;
  LineRates rates_;
  SerialEventLog log_;

  std::uint32_t garbage_size_ = 0;
  std::vector<ResultFault> result_faults_;  // both in the order of injection
  std::vector<UrcFault> urc_faults_;
  std::uint64_t input_drop_count_ = 0;
  std::uint64_t input_garble_count_ = 0;
  Bytes garbled_;
  Bytes misread_;

  Instant now_{};                     // of the latest news
  bool is_echo_open_ = false;         // of a command line, its end still to come
  std::optional<Instant> result_at_;  // of the final result behind which the line stands
};

}  // namespace vmodem::testbed
