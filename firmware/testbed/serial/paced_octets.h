// Octets on their way out, as fast as a rate and as coarse as pieces let them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "firmware/base/bytes.h"
#include "firmware/base/random.h"
#include "firmware/base/time.h"
#include "firmware/testbed/serial/serial_fault.h"

namespace vmodem::testbed {

class PacedOctets {
 public:
  // Draws the sizes of pieces from RandomStream::kChunk only. `random` outlives this.
  explicit PacedOctets(RandomSource& random) : random_(random) {}

  void set_chunks(Instant now, const Chunks& chunks);
  // Counts from now on; an octet that is half sent begins again.
  void set_baud(Instant now, const Baud& baud);

  void append(Instant now, ByteView octets);
  [[nodiscard]] std::size_t size() const { return octets_.size() - written_; }

  // What may go now, borrowed until the next call that is not const. Poll again behind
  // handle_written() until nothing is left.
  [[nodiscard]] ByteView poll(Instant now);
  // Of what was polled last; it may go though rate or pieces have changed since.
  void handle_written(std::size_t count);
  // What has not gone is gone; rate and pieces stay.
  void clear();
  // When something may go that may not go yet. Nothing where something may go already.
  [[nodiscard]] std::optional<Instant> poll_timeout() const;

 private:
  // The octets whose stop bit has passed.
  [[nodiscard]] std::size_t sent_count() const;
  [[nodiscard]] Duration octet_time() const { return Duration(10s) / baud_.rate; }

  RandomSource& random_;
  Chunks chunks_;
  Baud baud_;
  Bytes octets_;
  std::size_t written_ = 0;
  Instant now_{};            // of the latest news
  Instant sending_since_{};  // the first octet; of no meaning without a rate
  std::size_t polled_size_ = 0;
  std::size_t piece_size_ = 0;  // what is left of the piece that goes; 0: none has begun
  Instant next_piece_at_{};
};

}  // namespace vmodem::testbed
