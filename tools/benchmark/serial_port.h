// A host's end of a serial port, and a modem program behind it.
#pragma once

#include <string>
#include <string_view>

#include "tools/benchmark/process.h"

namespace vmodem::benchmark {

class SerialPort {
 public:
  [[nodiscard]] static Expected<SerialPort, std::string> open(const std::string& path);

  // Writes `line` and reads until the answer ends in `end`; false after five silent seconds.
  [[nodiscard]] bool exchange(std::string_view line, std::string_view end = "\r\nOK\r\n");
  // Of the last exchange().
  [[nodiscard]] const std::string& answer() const { return answer_; }

 private:
  explicit SerialPort(net::UniqueFd fd) : fd_(std::move(fd)) {}

  net::UniqueFd fd_;
  std::string answer_;
};

// A started program that has answered its first AT.
struct Modem {
  Process process;
  SerialPort port;
};

// `arguments` makes it print its port as vmodem --json does.
[[nodiscard]] Expected<Modem, std::string> start_modem(std::vector<std::string> arguments);

}  // namespace vmodem::benchmark
