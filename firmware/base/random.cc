#include "firmware/base/random.h"

#include <algorithm>
#include <cstring>

#include "firmware/base/check.h"

namespace vmodem {
namespace {

std::uint64_t split_mix(std::uint64_t& state) {
  std::uint64_t z = (state += 0x9E3779B97F4A7C15);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  return z ^ (z >> 31);
}

}  // namespace

double RandomSource::fraction(RandomStream stream) {
  return static_cast<double>(next(stream) >> 11) * 0x1.0p-53;
}

std::uint64_t RandomSource::below(RandomStream stream, std::uint64_t bound) {
  BG_CHECK(bound != 0, "a choice needs at least one outcome");
  return next(stream) % bound;
}

void RandomSource::fill(RandomStream stream, std::span<std::uint8_t> out) {
  while (!out.empty()) {
    const auto word = next(stream);
    const auto count = std::min(out.size(), sizeof word);
    std::memcpy(out.data(), &word, count);
    out = out.subspan(count);
  }
}

SeededRandom::SeededRandom(std::uint64_t seed) {
  for (auto& state : states_) state = split_mix(seed);
}

std::uint64_t SeededRandom::next(RandomStream stream) {
  return split_mix(states_[static_cast<std::size_t>(stream)]);
}

}  // namespace vmodem
