// A testbed with its control interface: requests in, JSON out.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "firmware/control/api.h"
#include "firmware/control/capture_control.h"
#include "firmware/control/time_control.h"
#include "firmware/journal/why.h"
#include "tests/support/catch.h"
#include "tests/unit/testbed/bench.h"

namespace vmodem::control {

// Does as it is told, where its mode allows it.
class FakeTime final : public TimeControl {
 public:
  [[nodiscard]] bool pause() override { return move("pause"); }
  [[nodiscard]] bool run() override { return move("run"); }
  [[nodiscard]] bool advance(Duration by) override {
    advanced += by;
    return move("advance");
  }
  [[nodiscard]] bool step() override { return move("step"); }
  [[nodiscard]] bool is_paused() const override { return last == "pause"; }
  [[nodiscard]] std::string mode() const override { return is_steerable ? "manual" : "real"; }

  bool is_steerable = true;
  std::string last;
  Duration advanced{};

 private:
  bool move(std::string_view name) {
    if (is_steerable) last = name;
    return is_steerable;
  }
};

class FakeCapture final : public CaptureControl {
 public:
  [[nodiscard]] Expected<void, std::string> begin(const std::string& name) override {
    if (name == "/nowhere") return unexpected(std::string("it cannot be written"));
    file = name;
    return {};
  }
  [[nodiscard]] bool end() override { return !std::exchange(file, {}).empty(); }

  std::string file;
};

class ControlBench : public testbed::Bench {
 public:
  explicit ControlBench(std::string_view scenario = {}) : ControlBench(config(scenario)) {}
  explicit ControlBench(const testbed::TestbedConfig& config)
      : Bench(config), api({testbed, ring, &time, &capture, "1.2.3"}) {}

  Response request(Request what) { return api.handle(now, what); }
  // What is answered, which is a success.
  nlohmann::json ask(const std::string& method, const std::string& path,
                     const nlohmann::json& body = nullptr) {
    const auto response = request({method, path, {}, body.is_null() ? "" : body.dump()});
    INFO(method << " " << path << " " << response.body);
    CHECK(response.status == 200);
    CHECK(response.content_type == "application/json");
    return nlohmann::json::parse(response.body);
  }
  nlohmann::json get(const std::string& path) { return ask("GET", path); }
  nlohmann::json post(const std::string& path, const nlohmann::json& body = nullptr) {
    return ask("POST", path, body);
  }
  // The problem document of a request that is refused with this status.
  nlohmann::json refusal(int status, const std::string& method, const std::string& path,
                         const std::string& body = "") {
    const auto response = request({method, path, {}, body});
    INFO(method << " " << path << " " << response.body);
    CHECK(response.status == status);
    CHECK(response.content_type == "application/problem+json");
    auto problem = nlohmann::json::parse(response.body);
    CHECK(problem.at("status") == status);
    return problem;
  }
  // What has happened is in the ring.
  void remember() {
    read();
    for (auto& entry : std::exchange(entries, {})) ring.push(std::move(entry));
  }
  template <class Event>
  journal::Number note(Event event, journal::Number because = 0) {
    ring.push({ring.last() + 1, now, because, std::move(event)});
    return ring.last();
  }

  journal::Ring ring{1000};
  FakeTime time;
  FakeCapture capture;
  Api api;
};

}  // namespace vmodem::control
