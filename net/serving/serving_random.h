// Chance for servers that real peers see: the same seed makes the same choices, but keys come from
// the operating system.
#pragma once

#include "firmware/base/random.h"

namespace vmodem::net {

class ServingRandom final : public RandomSource {
 public:
  explicit ServingRandom(std::uint64_t seed) : seeded_(seed) {}
  [[nodiscard]] std::uint64_t next(RandomStream stream) override;

 private:
  SeededRandom seeded_;
};

}  // namespace vmodem::net
