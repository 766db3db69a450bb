// Choices of one run, all from its seed.
#pragma once

#include <cstdint>
#include <span>

#include "firmware/base/random.h"
#include "firmware/base/time.h"

namespace vmodem::simulation {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(seed) {}

  // Uniform in [min, max].
  [[nodiscard]] int in(int min, int max) {
    return min +
           static_cast<int>(random_.below(kStream, static_cast<std::uint64_t>(max - min) + 1));
  }
  [[nodiscard]] bool chance(double probability) { return random_.fraction(kStream) < probability; }
  template <class Item, std::size_t kSize>
  [[nodiscard]] const Item& pick(const Item (&items)[kSize]) {
    return items[random_.below(kStream, kSize)];
  }
  template <class Item>
  [[nodiscard]] const Item& pick(std::span<const Item> items) {
    return items[random_.below(kStream, items.size())];
  }
  [[nodiscard]] std::uint8_t octet() {
    return static_cast<std::uint8_t>(random_.next(kStream) & 0xFF);
  }
  [[nodiscard]] Duration milliseconds(int min, int max) {
    return std::chrono::milliseconds(in(min, max));
  }

 private:
  static constexpr RandomStream kStream = RandomStream::kFault;

  SeededRandom random_;
};

}  // namespace vmodem::simulation
