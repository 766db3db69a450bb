// A vmodem with the fake modem inside, started and ready.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/unit/app/support/process.h"

namespace vmodem::test {

class RunningModem {
 public:
  explicit RunningModem(std::vector<std::string> arguments = {})
      : process_(VMODEM_FAKE, with_json(std::move(arguments))),
        ready_(nlohmann::json::parse(process_.read_output_line())) {}

  [[nodiscard]] Process& process() { return process_; }
  [[nodiscard]] const nlohmann::json& ready() const { return ready_; }
  [[nodiscard]] std::string pty() const { return ready_.at("pty"); }

 private:
  static std::vector<std::string> with_json(std::vector<std::string> arguments) {
    arguments.emplace_back("--json");
    return arguments;
  }

  Process process_;
  nlohmann::json ready_;
};

}  // namespace vmodem::test
