// The control interface of a module in the simulated world. Input: lines. "$" and what the host
// types; "@" and how many deadlines pass; anything else is a request: METHOD PATH BODY, with blanks
// between. Whatever is asked, the answer is JSON and of a known status.
#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "firmware/base/check.h"
#include "firmware/control/api.h"
#include "firmware/journal/why.h"
#include "firmware/testbed/testbed.h"
#include "net/sim/description/ready_worlds.h"
#include "ufs/memory_store.h"

using namespace vmodem;

namespace {

constexpr int kLinesMax = 60;
constexpr int kJumpsMax = 32;
constexpr int kActionsMax = 200'000;

std::string_view take_word(std::string_view& line) {
  const auto end = std::min(line.find(' '), line.size());
  const auto word = line.substr(0, end);
  line.remove_prefix(std::min(end + 1, line.size()));
  return word;
}

class Run {
 public:
  Run()
      : testbed_({.internet = sim::ready_world(), .journal = journal::Journal::everything()},
                 files_, settings_, random_) {
    settle();
  }

  void take(std::string_view line) {
    if (line.starts_with('$')) return type(line.substr(1));
    if (line.starts_with('@')) return jump(line.substr(1));
    ask(line);
  }

 private:
  static constexpr Instant kEnd{std::chrono::hours(24 * 365)};

  void type(std::string_view line) {
    const auto octets = to_bytes(std::string(line) + "\r");
    testbed_.handle_serial(now_,
                           ByteView(octets).first(std::min(octets.size(), testbed_.serial_room())));
    settle();
  }
  void jump(std::string_view text) {
    int count = 1;
    std::from_chars(text.data(), text.data() + text.size(), count);
    for (int i = 0; i < std::min(count, kJumpsMax); ++i) {
      const auto due = testbed_.poll_timeout();
      if (!due || *due > kEnd) return;
      now_ = std::max(now_, *due);
      testbed_.handle_timeout(now_);
      settle();
    }
  }
  void ask(std::string_view line) {
    control::Request request;
    request.method = take_word(line);
    request.path = take_word(line);
    const auto question = request.path.find('?');
    if (question != std::string::npos) {
      request.query[request.path.substr(question + 1)] = "1";
      request.path.resize(question);
    }
    request.body = line;
    const auto response = api_.handle(now_, request);
    BG_CHECK(nlohmann::json::accept(response.body), "every answer is JSON");
    const bool is_known = response.status == 200 || response.status == 400 ||
                          response.status == 404 || response.status == 405 ||
                          response.status == 409;
    BG_CHECK(is_known, "the table lists every status");
    settle();
  }
  // The real network answers nothing.
  void settle() {
    bool is_moving = true;
    while (is_moving) {
      is_moving = testbed_.poll_action().has_value();
      while (auto entry = testbed_.journal().poll_entry()) ring_.push(std::move(*entry));
      const auto size = testbed_.poll_serial().size();
      if (!is_moving && size > 0) {
        testbed_.handle_serial_written(size);
        is_moving = true;
      }
      BG_CHECK(++actions_ < kActionsMax, "a finite input asks for finitely many actions");
    }
  }

  ufs::MemoryStore files_;
  firmware::MemoryNvStore settings_;
  SeededRandom random_{1};
  Instant now_{};
  int actions_ = 0;
  testbed::Testbed testbed_;
  journal::Ring ring_;
  control::Api api_{{testbed_, ring_}};
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto text = as_text(ByteView(data, size));
  Run run;
  for (int i = 0; i < kLinesMax && !text.empty(); ++i) {
    const auto end = std::min(text.find('\n'), text.size());
    run.take(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return 0;
}
