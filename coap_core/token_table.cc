#include "coap_core/token_table.h"

#include <algorithm>

namespace vmodem::coap {

void TokenTable::handle_request(Instant now, const Outgoing& request) {
  Entry entry{.token = request.token};
  if (const Entry* known = find(request.token)) {
    entry = *known;
    std::erase_if(entries_, [&](const Entry& other) { return other.token == request.token; });
  }
  make_room(now);

  entry.lifetime_end = now + request.parameters.exchange_lifetime();
  entry.is_answered = false;
  // RFC 7641 §3.6: only Observe = 1 takes a registration back, a plain request does not.
  if (request.observe != ObserveAction::kNone) {
    entry.is_registered = request.observe == ObserveAction::kRegister;
    entry.is_observing = entry.is_registered;
  }
  entries_.push_back(entry);
}

void TokenTable::handle_response(const Token& token, bool continues_observation) {
  Entry* entry = find(token);
  if (entry == nullptr) return;
  entry->is_answered = true;
  entry->is_observing = entry->is_registered && continues_observation;
}

void TokenTable::handle_reset(const Token& token) {
  Entry* entry = find(token);
  if (entry == nullptr) return;
  entry->is_answered = true;
  entry->is_registered = false;
  entry->is_observing = false;
}

bool TokenTable::is_known(Instant now, const Token& token) const {
  return std::ranges::any_of(
      entries_, [&](const Entry& entry) { return entry.token == token && !is_over(entry, now); });
}

TokenTable::Entry* TokenTable::find(const Token& token) {
  const auto found = std::ranges::find(entries_, token, &Entry::token);
  return found == entries_.end() ? nullptr : &*found;
}

bool TokenTable::is_over(const Entry& entry, Instant now) {
  return entry.is_answered && !entry.is_observing && entry.lifetime_end <= now;
}

void TokenTable::make_room(Instant now) {
  std::erase_if(entries_, [now](const Entry& entry) { return is_over(entry, now); });
  if (entries_.size() < kSizeMax) return;

  // Fresh tokens by the dozen must not push out an observation, nor answered ones a waiting one.
  const auto need = [](const Entry& entry) { return 2 * entry.is_observing + !entry.is_answered; };
  entries_.erase(std::ranges::min_element(entries_, std::ranges::less{}, need));
}

}  // namespace vmodem::coap
