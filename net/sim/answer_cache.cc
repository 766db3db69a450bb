#include "net/sim/answer_cache.h"

#include <utility>

namespace vmodem::sim {

const RememberedMessage* AnswerCache::find(Instant now, const MessageKey& key) const {
  const auto number = numbers_.find(key);
  if (number == numbers_.end()) return nullptr;

  const auto& message = entries_[number->second - first_].message;
  return message.forget_at > now ? &message : nullptr;
}

void AnswerCache::remember(Instant now, const MessageKey& key, RememberedMessage message) {
  while (!entries_.empty() && entries_.front().message.forget_at <= now) forget_oldest();

  octets_ += message.answer.size();
  numbers_[key] = first_ + entries_.size();
  entries_.push_back({key, std::move(message)});
  while (entries_.size() > size_max_ || octets_ > octets_max_) forget_oldest();
}

void AnswerCache::set_answer(const MessageKey& key, Bytes answer) {
  const auto number = numbers_.find(key);
  if (number == numbers_.end()) return;

  auto& message = entries_[number->second - first_].message;
  octets_ = octets_ - message.answer.size() + answer.size();
  message.answer = std::move(answer);
}

void AnswerCache::clear() {
  entries_.clear();
  numbers_.clear();
  first_ = 0;
  octets_ = 0;
}

void AnswerCache::forget_oldest() {
  const auto& oldest = entries_.front();
  octets_ -= oldest.message.answer.size();
  // A later message under the same key has taken its place in the index.
  const auto number = numbers_.find(oldest.key);
  if (number->second == first_) numbers_.erase(number);
  entries_.pop_front();
  ++first_;
}

}  // namespace vmodem::sim
