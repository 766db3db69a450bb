// First in, first out, for queues that are short and mostly empty: an empty std::deque holds 600
// octets, one that was never used here none.
#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace vmodem {

template <class Item>
class Queue {
 public:
  [[nodiscard]] bool empty() const { return items_.empty(); }
  [[nodiscard]] std::size_t size() const { return items_.size() - first_; }
  // Not empty.
  [[nodiscard]] Item& front() { return items_[first_]; }
  [[nodiscard]] const Item& front() const { return items_[first_]; }
  [[nodiscard]] Item& back() { return items_.back(); }

  template <class... Arguments>
  void emplace_back(Arguments&&... arguments) {
    items_.emplace_back(std::forward<Arguments>(arguments)...);
  }
  void push_back(Item item) { items_.push_back(std::move(item)); }
  // Not empty. What is left moves up when it is no more than what has gone: once an item on
  // average.
  void pop_front() {
    ++first_;
    if (first_ < items_.size() - first_) return;
    items_.erase(items_.begin(), items_.begin() + static_cast<std::ptrdiff_t>(first_));
    first_ = 0;
  }
  void clear() {
    items_.clear();
    first_ = 0;
  }
  // The first item, removed; nothing where the queue is empty.
  [[nodiscard]] std::optional<Item> take_front() {
    if (empty()) return std::nullopt;
    std::optional<Item> item(std::move(front()));
    pop_front();
    return item;
  }

 private:
  std::vector<Item> items_;  // those before first_ have gone; empty where none is left
  std::size_t first_ = 0;
};

}  // namespace vmodem
