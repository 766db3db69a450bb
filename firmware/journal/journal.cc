#include "firmware/journal/journal.h"

namespace vmodem::journal {

Kinds Journal::of_level(Level level) {
  Kinds wanted;
  const auto all = kinds();
  for (std::size_t i = 0; i < all.size(); ++i) {
    wanted[i] = all[i].level != Level::kNone && all[i].level >= level;
  }
  return wanted;
}

Number Journal::push(Number because, Event event) {
  const auto number = ++last_;
  if (entries_.size() >= kWaitingMax) {
    ++lost_count_;
  } else {
    entries_.push_back({number, now_, because, std::move(event)});
  }
  return number;
}

}  // namespace vmodem::journal
