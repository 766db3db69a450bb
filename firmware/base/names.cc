#include "firmware/base/names.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <numeric>
#include <utility>
#include <vector>

namespace vmodem {
namespace {

// Longer texts are near to no name, and take time.
constexpr std::size_t kGivenSizeMax = 64;

char lower(char c) {
  return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

// Characters to insert, remove, replace or swap, in letters of either case.
class Distance {
 public:
  explicit Distance(std::string_view from) : from_(from) {}

  std::size_t to(std::string_view to) {
    for (auto* row : {&before_, &row_, &next_}) row->resize(to.size() + 1);
    std::iota(row_.begin(), row_.end(), std::size_t{0});
    for (std::size_t i = 1; i <= from_.size(); ++i) {
      next_[0] = i;
      for (std::size_t j = 1; j <= to.size(); ++j) next_[j] = step(to, i, j);
      before_.swap(row_);
      row_.swap(next_);
    }
    return row_.back();
  }

 private:
  std::size_t step(std::string_view to, std::size_t i, std::size_t j) const {
    const bool is_same = lower(from_[i - 1]) == lower(to[j - 1]);
    const auto least = std::min({row_[j] + 1, next_[j - 1] + 1, row_[j - 1] + (is_same ? 0 : 1)});
    const bool is_swap = i > 1 && j > 1 && lower(from_[i - 1]) == lower(to[j - 2]) &&
                         lower(from_[i - 2]) == lower(to[j - 1]);
    return is_swap ? std::min(least, before_[j - 2] + 1) : least;
  }

  std::string_view from_;
  std::vector<std::size_t> before_;
  std::vector<std::size_t> row_;
  std::vector<std::size_t> next_;
};

}  // namespace

std::string did_you_mean(std::string_view given, std::span<const std::string_view> names,
                         std::string_view prefix) {
  given = given.substr(0, kGivenSizeMax);
  Distance distance(given);
  std::vector<std::pair<std::size_t, std::string_view>> near;
  for (const auto name : names) {
    auto steps = distance.to(name);
    const auto dot = name.rfind('.');
    const bool has_part =
        dot != std::string_view::npos && given.find('.') == std::string_view::npos;
    if (has_part) steps = std::min(steps, distance.to(name.substr(dot + 1)) + 1);
    near.emplace_back(steps, name);
  }
  std::ranges::stable_sort(near, {}, [](const auto& one) { return one.first; });
  if (near.empty()) return {};
  if (near.size() == 1) return fmt::format(" (did you mean \"{}{}\"?)", prefix, near[0].second);
  return fmt::format(" (did you mean \"{0}{1}\" or \"{0}{2}\"?)", prefix, near[0].second,
                     near[1].second);
}

}  // namespace vmodem
