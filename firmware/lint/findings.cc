#include "firmware/lint/findings.h"

#include <algorithm>
#include <utility>

namespace vmodem::lint {

void Findings::add(Rule rule, journal::Number entry, std::string text) {
  auto& count = counts_[static_cast<std::size_t>(rule)];
  if (count >= kCountMax) return;
  ++count;
  const auto& info = info_of(rule);
  waiting_.push_back({entry, {info.name, std::move(text), info.clause, info.cure, info.is_wrong}});
}

void Findings::add_once(Rule rule, std::uint64_t key, journal::Number entry, std::string text) {
  const auto is_known = [&](const auto& one) {
    return one && one->rule == rule && one->key == key;
  };
  if (std::ranges::any_of(known_, is_known)) return;
  known_[next_known_] = Known{rule, key};
  next_known_ = (next_known_ + 1) % kKnownMax;
  add(rule, entry, std::move(text));
}

}  // namespace vmodem::lint
