// A program that is measured from outside.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "firmware/base/expected.h"
#include "net/sockets/unique_fd.h"

namespace vmodem::benchmark {

// VmRSS; 0 where there is no such process.
[[nodiscard]] double resident_mib(pid_t process);

class Process {
 public:
  // Looks the program up in PATH; its standard output is read by read_line().
  [[nodiscard]] static Expected<Process, std::string> start(std::vector<std::string> arguments);
  Process(Process&& other) noexcept;
  Process& operator=(Process&&) = delete;
  // Ends the program and waits for it.
  ~Process();

  [[nodiscard]] pid_t id() const { return id_; }
  // Up to a line feed or the end of the output.
  [[nodiscard]] std::string read_line();
  // User and system time so far.
  [[nodiscard]] double cpu_us() const;

 private:
  Process(pid_t id, net::UniqueFd output) : id_(id), output_(std::move(output)) {}

  pid_t id_;  // 0: moved away
  net::UniqueFd output_;
};

}  // namespace vmodem::benchmark
