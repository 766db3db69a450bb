#include "net/sim/server/answer_cache.h"

#include <utility>

namespace vmodem::sim {

const RememberedMessage* AnswerCache::find(Instant now, const MessageKey& key) const {
  const auto ticket = tickets_.find(key);
  if (ticket == tickets_.end()) return nullptr;

  const auto& message = entries_[ticket->second - first_].message;
  return message.forget_at > now ? &message : nullptr;
}

std::uint64_t AnswerCache::remember(Instant now, const MessageKey& key, RememberedMessage message) {
  while (!entries_.empty() && entries_.front().message.forget_at <= now) forget_oldest();

  const auto ticket = first_ + entries_.size();
  octets_ += message.answer.size();
  tickets_[key] = ticket;
  entries_.push_back({key, std::move(message)});
  make_room();
  return ticket;
}

void AnswerCache::set_answer(std::uint64_t ticket, const Bytes& answer) {
  if (ticket < first_ || ticket - first_ >= entries_.size()) return;

  auto& message = entries_[ticket - first_].message;
  octets_ = octets_ - message.answer.size() + answer.size();
  message.answer = answer;
  make_room();
}

void AnswerCache::make_room() {
  while (entries_.size() > size_max_ || octets_ > octets_max_) forget_oldest();
}

void AnswerCache::clear() {
  first_ += entries_.size();
  entries_.clear();
  tickets_.clear();
  octets_ = 0;
}

void AnswerCache::forget_oldest() {
  const auto& oldest = entries_.front();
  octets_ -= oldest.message.answer.size();
  // A later message under the same key has taken its place in the index.
  const auto ticket = tickets_.find(oldest.key);
  if (ticket->second == first_) tickets_.erase(ticket);
  entries_.pop_front();
  ++first_;
}

}  // namespace vmodem::sim
