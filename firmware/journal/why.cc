#include "firmware/journal/why.h"

#include <fmt/format.h>

#include <algorithm>

namespace vmodem::journal {
namespace {

bool is_of_link(const Event& event) {
  return name(event).starts_with("link.");
}

// What the link made of a message stands behind its datagrams, which are not on the chain.
// Before entry `end`, as below.
void append_losses(const Ring& ring, const Entry& cause, Number end,
                   std::vector<const Entry*>& chain) {
  std::vector<Number> datagrams;
  const auto& entries = ring.entries();
  const auto from = std::ranges::upper_bound(entries, cause.number, {}, &Entry::number);
  for (auto entry = from; entry != entries.end() && entry->number < end; ++entry) {
    const bool is_carried = entry->because == cause.number ||
                            std::ranges::find(datagrams, entry->because) != datagrams.end();
    if (!is_carried) continue;
    if (is_of_link(entry->event)) chain.push_back(&*entry);
    if (std::holds_alternative<DatagramUp>(entry->event) ||
        std::holds_alternative<DatagramDown>(entry->event)) {
      datagrams.push_back(entry->number);
    }
  }
}

void append_faults(const Ring& ring, const Entry& cause, Number end,
                   std::vector<const Entry*>& chain) {
  const auto& entries = ring.entries();
  const auto from = std::ranges::upper_bound(entries, cause.number, {}, &Entry::number);
  for (auto entry = from; entry != entries.end() && entry->number < end; ++entry) {
    const bool is_fault = std::holds_alternative<FaultPerformed>(entry->event);
    if (is_fault && entry->because == cause.number) chain.push_back(&*entry);
  }
}

bool is_transmission(const Event& event) {
  return std::holds_alternative<CoapSent>(event) ||
         std::holds_alternative<CoapRetransmitted>(event) ||
         std::holds_alternative<DtlsFlight>(event);
}

}  // namespace

void Ring::push(Entry entry) {
  if (entries_.size() >= count_max_) entries_.pop_front();
  entries_.push_back(std::move(entry));
}

void Ring::forget() {
  entries_.clear();
  ++laps_;
  recalled_ = 0;
}

void Ring::recall(Entry entry) {
  recalled_ = entry.number;
  push(std::move(entry));
}

const Entry* Ring::find(Number number) const {
  const auto found = std::ranges::lower_bound(entries_, number, {}, &Entry::number);
  return found == entries_.end() || found->number != number ? nullptr : &*found;
}

std::vector<const Entry*> why(const Ring& ring, Number number) {
  std::vector<const Entry*> causes;
  for (const auto* entry = ring.find(number); entry != nullptr; entry = ring.find(entry->because)) {
    causes.push_back(entry);
  }
  std::vector<const Entry*> chain;
  for (auto cause = causes.rbegin(); cause != causes.rend(); ++cause) {
    chain.push_back(*cause);
    append_faults(ring, **cause, number, chain);
    if (is_transmission((*cause)->event)) append_losses(ring, **cause, number, chain);
  }
  return chain;
}

std::string why_text(const Ring& ring, Number number) {
  std::string text;
  for (const auto* entry : why(ring, number)) {
    const auto at = std::chrono::duration<double>(entry->at.time_since_epoch()).count();
    text += fmt::format("{:>12.6f}  #{}  {}\n", at, entry->number, phrase(entry->event));
  }
  return text;
}

}  // namespace vmodem::journal
