// Which items of two lists belong together.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace vmodem::conform {

struct Pair {
  std::optional<std::size_t> a;  // one of the two is there
  std::optional<std::size_t> b;
};

// The longest common subsequence by `is_same(a, b)`; between its members what is left, a's before
// b's, in pairs where `is_like(a, b)` holds for the fronts. Lists that are too long for that are
// paired in their order.
template <class Same, class Like>
std::vector<Pair> align(std::size_t a_size, std::size_t b_size, const Same& is_same,
                        const Like& is_like) {
  constexpr std::size_t kCellsMax = 4'000'000;
  std::vector<Pair> pairs;
  std::size_t a = 0;
  std::size_t b = 0;
  const auto close_gap = [&](std::size_t a_end, std::size_t b_end) {
    while (a < a_end || b < b_end) {
      const bool both = a < a_end && b < b_end && is_like(a, b);
      const bool takes_a = both || a < a_end;
      const bool takes_b = both || !takes_a;
      pairs.push_back({takes_a ? std::optional(a++) : std::nullopt,
                       takes_b ? std::optional(b++) : std::nullopt});
    }
  };
  const auto pair_both = [&] { pairs.push_back({a++, b++}); };

  while (a < a_size && b < b_size && is_same(a, b)) pair_both();
  auto a_end = a_size;
  auto b_end = b_size;
  while (a_end > a && b_end > b && is_same(a_end - 1, b_end - 1)) {
    --a_end;
    --b_end;
  }
  const auto rows = a_end - a + 1;
  const auto columns = b_end - b + 1;
  if (rows > 1 && columns > 1 && rows <= kCellsMax / columns) {
    // By what is left of both: how long the rest of the subsequence is.
    std::vector<std::uint32_t> length(rows * columns);
    const auto at = [&](std::size_t i, std::size_t j) -> std::uint32_t& {
      return length[(a_end - i) * columns + (b_end - j)];
    };
    for (auto i = a_end; i-- > a;) {
      for (auto j = b_end; j-- > b;) {
        at(i, j) = is_same(i, j) ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
      }
    }
    for (auto i = a, j = b; i < a_end && j < b_end;) {
      if (is_same(i, j)) {
        close_gap(i++, j++);
        pair_both();
      } else if (at(i + 1, j) >= at(i, j + 1)) {
        ++i;
      } else {
        ++j;
      }
    }
  }
  close_gap(a_end, b_end);
  while (a < a_size) pair_both();
  return pairs;
}

}  // namespace vmodem::conform
