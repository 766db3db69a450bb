// A testbed and its control interface on lines of JSON, for tests in another language. A line in:
// {"method", "path", "query"?, "body"?} is a request, {"host": "AT\r"} what the host types, {"run":
// MILLISECONDS} time that passes. A line out: {"status", "content_type", "body"}, or {"output"}.
#include <iostream>
#include <nlohmann/json.hpp>

#include "firmware/control/api.h"
#include "firmware/control/capture_control.h"
#include "firmware/control/past_control.h"
#include "firmware/control/time_control.h"
#include "firmware/control/window_control.h"
#include "firmware/journal/why.h"
#include "firmware/testbed/testbed.h"
#include "net/sim/description/ready_worlds.h"
#include "ufs/memory_store.h"

using namespace vmodem;
using nlohmann::json;

namespace {

// Holds the time still, or refuses to.
class StandingTime final : public control::TimeControl {
 public:
  [[nodiscard]] bool pause() override { return is_allowed(); }
  [[nodiscard]] bool run() override { return is_allowed(); }
  [[nodiscard]] bool advance(Duration) override { return is_allowed(); }
  [[nodiscard]] bool step() override { return is_allowed(); }
  [[nodiscard]] bool is_paused() const override { return true; }
  [[nodiscard]] std::string mode() const override { return "manual"; }

 private:
  // Every second move.
  bool is_allowed() { return is_allowed_ = !is_allowed_; }

  bool is_allowed_ = false;
};

class NamedCapture final : public control::CaptureControl {
 public:
  [[nodiscard]] Expected<void, std::string> begin(const std::string& file) override {
    if (file.empty()) return unexpected(std::string("a capture needs a name"));
    file_ = file;
    return {};
  }
  [[nodiscard]] bool end() override { return !std::exchange(file_, {}).empty(); }

 private:
  std::string file_;
};

// Says that it goes, as far as a minute, and stays.
class ShortPast final : public control::PastControl {
 public:
  [[nodiscard]] Expected<void, std::string> go_back(Instant, Duration by) override {
    if (by <= std::chrono::minutes(1)) return {};
    return unexpected(std::string("the run is only 1min long"));
  }
  [[nodiscard]] bool is_going() const override { return false; }
};

// Opens once.
class OneWindow final : public control::WindowControl {
 public:
  [[nodiscard]] Expected<std::string, std::string> open() override {
    if (std::exchange(is_open_, true)) return unexpected(std::string("no second one"));
    return std::string("http://127.0.0.1:8080/?token=0");
  }

 private:
  bool is_open_ = false;
};

class Steered {
 public:
  Steered()
      : testbed_({.internet = sim::ready_world(), .journal = journal::Journal::everything()},
                 files_, settings_, random_) {}

  json answer(const json& line) {
    if (line.contains("host")) {
      testbed_.handle_serial(now_, as_bytes(line["host"].get_ref<const std::string&>()));
      return {{"output", read()}};
    }
    if (line.contains("run")) {
      now_ += std::chrono::milliseconds(line["run"].get<int>());
      testbed_.handle_timeout(now_);
      return {{"output", read()}};
    }
    const auto response = api_.handle(now_, {.method = line["method"],
                                             .path = line["path"],
                                             .query = line.value("query", Query{}),
                                             .body = line.value("body", std::string())});
    return {{"status", response.status},
            {"content_type", response.content_type},
            {"body", response.body},
            {"output", read()}};
  }

 private:
  using Query = std::map<std::string, std::string>;

  std::string read() {
    std::string output;
    while (true) {
      const bool is_moving = testbed_.poll_action().has_value();
      while (auto entry = testbed_.journal().poll_entry()) ring_.push(std::move(*entry));
      const auto octets = testbed_.poll_serial();
      if (!is_moving && octets.empty()) return output;
      output += as_text(octets);
      testbed_.handle_serial_written(octets.size());
    }
  }

  ufs::MemoryStore files_;
  firmware::MemoryNvStore settings_;
  SeededRandom random_{1};
  Instant now_{};
  testbed::Testbed testbed_;
  journal::Ring ring_;
  StandingTime time_;
  NamedCapture capture_;
  ShortPast past_;
  OneWindow window_;
  control::Api api_{{testbed_, ring_, &time_, &capture_, "0", &past_, &window_}};
};

}  // namespace

int main() {
  Steered steered;
  std::string line;
  while (std::getline(std::cin, line)) {
    std::cout << steered.answer(json::parse(line)).dump() << std::endl;
  }
  return 0;
}
