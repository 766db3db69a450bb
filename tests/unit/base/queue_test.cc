#include "firmware/base/queue.h"

#include <memory>

#include "tests/support/catch.h"

using namespace vmodem;

TEST_CASE("items leave a queue in the order they came") {
  Queue<int> queue;
  queue.push_back(1);
  queue.emplace_back(2);
  queue.push_back(3);

  CHECK(queue.front() == 1);
  CHECK(queue.back() == 3);
  CHECK(queue.take_front() == 1);
  CHECK(queue.take_front() == 2);
  CHECK(queue.take_front() == 3);
  CHECK_FALSE(queue.take_front());
  CHECK(queue.empty());
}

TEST_CASE("a queue that is never empty keeps its order and its count") {
  Queue<int> queue;
  int next_in = 0;
  int next_out = 0;
  for (int round = 0; round < 1000; ++round) {
    for (int i = 0; i < 1 + round % 7; ++i) queue.push_back(next_in++);
    for (int i = 0; i < 1 + round % 5 && queue.size() > 1; ++i) {
      REQUIRE(queue.take_front() == next_out++);
    }
    REQUIRE(queue.size() == static_cast<std::size_t>(next_in - next_out));
    REQUIRE_FALSE(queue.empty());
  }
  while (const auto item = queue.take_front()) REQUIRE(*item == next_out++);
  CHECK(next_out == next_in);
}

TEST_CASE("a cleared queue is empty and takes items again") {
  Queue<std::unique_ptr<int>> queue;
  for (int i = 0; i < 5; ++i) queue.push_back(std::make_unique<int>(i));
  queue.pop_front();
  queue.clear();
  CHECK(queue.empty());
  CHECK(queue.size() == 0);

  queue.emplace_back(std::make_unique<int>(9));
  CHECK(*queue.front() == 9);
}
