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
  Entry entry{++last_, now_, because, std::move(event)};
  const auto number = entry.number;
  if (critic_ != nullptr) critic_->handle(entry);
  keep(std::move(entry));
  if (critic_ != nullptr) take_findings();
  return number;
}

void Journal::keep(Entry entry) {
  if (entries_.size() >= kWaitingMax) {
    ++lost_count_;
  } else {
    entries_.push_back(std::move(entry));
  }
}

void Journal::take_findings() {
  while (auto finding = critic_->poll_finding()) {
    keep({++last_, now_, finding->entry, std::move(finding->what)});
  }
}

void Journal::end(Instant now) {
  if (critic_ == nullptr) return;
  set_time(now);
  critic_->end(now);
  take_findings();
}

}  // namespace vmodem::journal
