// Why something happened: the chain of causes behind an entry, with what struck on the way.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "firmware/journal/journal.h"

namespace vmodem::journal {

// The latest entries, for whoever comes late. Bounded by count and by size.
class Ring {
 public:
  static constexpr std::size_t kCountMax = 65536;

  explicit Ring(std::size_t count_max = kCountMax) : count_max_(count_max) {}

  void push(Entry entry);
  // The module goes back: all is forgotten, and what had happened before is recalled.
  void forget();
  void recall(Entry entry);
  // How often it went back, and the last entry that it then recalled.
  [[nodiscard]] unsigned laps() const { return laps_; }
  [[nodiscard]] Number recalled() const { return recalled_; }
  // Null where it has gone, or has never been.
  [[nodiscard]] const Entry* find(Number number) const;
  [[nodiscard]] const std::deque<Entry>& entries() const { return entries_; }
  [[nodiscard]] Number first() const { return entries_.empty() ? 0 : entries_.front().number; }
  [[nodiscard]] Number last() const { return entries_.empty() ? 0 : entries_.back().number; }

 private:
  std::size_t count_max_;
  std::deque<Entry> entries_;  // numbers rise
  unsigned laps_ = 0;
  Number recalled_ = 0;
};

// From the first cause to the entry itself. Behind each one what the link or a fault made of it
// (link.*, fault.performed that it brought about). Empty where the ring has no such entry.
[[nodiscard]] std::vector<const Entry*> why(const Ring& ring, Number number);

// The chain, one line an entry: "  12.345678  #57  phrase".
[[nodiscard]] std::string why_text(const Ring& ring, Number number);

}  // namespace vmodem::journal
