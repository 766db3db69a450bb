// Chance as an argument: one stream per purpose, so that drawing from one never shifts another.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace vmodem {

enum class RandomStream : std::uint8_t {
  kMessageId,   // RFC 7252 §4.4: the first message ID
  kToken,       // RFC 7252 §5.3.1
  kAckTimeout,  // RFC 7252 §4.2: ACK_RANDOM_FACTOR
  kDtls,        // only in the simulated world; real sockets draw from the operating system
  kLink,        // loss, delay, duplication, reordering, corruption
  kPeer,        // choices of simulated servers
  kFault,       // injected faults
  kChunk,       // the sizes of the pieces in which serial output goes
  kCount,
};

class RandomSource {
 public:
  virtual ~RandomSource() = default;
  [[nodiscard]] virtual std::uint64_t next(RandomStream stream) = 0;

  // Uniform in [0, 1).
  [[nodiscard]] double fraction(RandomStream stream);
  // Uniform in [0, bound); bound must not be 0.
  [[nodiscard]] std::uint64_t below(RandomStream stream, std::uint64_t bound);
  void fill(RandomStream stream, std::span<std::uint8_t> out);
};

// SplitMix64 per stream: the same seed gives the same draws on every machine.
class SeededRandom final : public RandomSource {
 public:
  explicit SeededRandom(std::uint64_t seed);
  [[nodiscard]] std::uint64_t next(RandomStream stream) override;

 private:
  std::array<std::uint64_t, static_cast<std::size_t>(RandomStream::kCount)> states_;
};

}  // namespace vmodem
