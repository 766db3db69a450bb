#include "firmware/journal/why.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace vmodem::journal {
namespace {

bool is_of_link(const Event& event) {
  return name(event).starts_with("link.");
}

bool is_transmission(const Event& event) {
  return std::holds_alternative<CoapSent>(event) ||
         std::holds_alternative<CoapRetransmitted>(event) ||
         std::holds_alternative<DtlsFlight>(event);
}

bool is_datagram(const Event& event) {
  return std::holds_alternative<DatagramUp>(event) || std::holds_alternative<DatagramDown>(event);
}

// A cause, and behind it what struck because of it.
struct ChainLink {
  const Entry* cause;
  std::vector<const Entry*> faults{};
  std::vector<const Entry*> losses{};  // what the link made of a transmission
};

// From the first cause to the entry.
std::vector<ChainLink> causes_of(const Ring& ring, Number number) {
  std::vector<ChainLink> chain;
  for (const auto* entry = ring.find(number); entry != nullptr; entry = ring.find(entry->because)) {
    chain.push_back({entry});
  }
  std::ranges::reverse(chain);
  return chain;
}

// What struck between the first cause and the entry. What the link made of a message stands behind
// its datagrams, which are not on the chain.
void add_strikes(const Ring& ring, std::vector<ChainLink>& chain) {
  const auto number_of = [](const ChainLink& link) { return link.cause->number; };
  std::map<Number, ChainLink*> carriers;  // datagrams of transmissions on the chain
  const auto& entries = ring.entries();
  const auto from =
      std::ranges::upper_bound(entries, chain.front().cause->number, {}, &Entry::number);
  const auto end = chain.back().cause->number;
  for (auto entry = from; entry != entries.end() && entry->number < end; ++entry) {
    const auto link = std::ranges::lower_bound(chain, entry->because, {}, number_of);
    const bool is_of_chain = link != chain.end() && number_of(*link) == entry->because;
    if (is_of_chain && std::holds_alternative<FaultPerformed>(entry->event)) {
      link->faults.push_back(&*entry);
    }
    auto* carried = is_of_chain && is_transmission(link->cause->event) ? &*link : nullptr;
    if (const auto carrier = carriers.find(entry->because); carrier != carriers.end()) {
      carried = carrier->second;
    }
    if (carried == nullptr) continue;
    if (is_of_link(entry->event)) carried->losses.push_back(&*entry);
    if (is_datagram(entry->event)) carriers.emplace(entry->number, carried);
  }
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
  auto chain = causes_of(ring, number);
  if (chain.empty()) return {};
  add_strikes(ring, chain);
  std::vector<const Entry*> told;
  for (const auto& link : chain) {
    told.push_back(link.cause);
    told.insert(told.end(), link.faults.begin(), link.faults.end());
    told.insert(told.end(), link.losses.begin(), link.losses.end());
  }
  return told;
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
