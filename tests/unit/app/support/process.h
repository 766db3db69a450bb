// A program run by a test, with deadlines instead of sleeps.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "net/sockets/unique_fd.h"

namespace vmodem::test {

inline constexpr int kDeadlineMs = 20'000;

class Process {
 public:
  // Standard output and error are pipes to here; `arguments` without the program's name.
  Process(const std::string& program, const std::vector<std::string>& arguments);
  // Kills what still runs.
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  [[nodiscard]] pid_t pid() const { return pid_; }
  void signal(int number) const;

  // The next line of standard output without its end; fails the test at the deadline.
  std::string read_output_line();
  // All that comes until the program closes it.
  std::string read_output() { return read_all(output_); }
  std::string read_errors() { return read_all(errors_); }
  // Reads errors until they contain `text`; fails the test at the deadline.
  std::string read_errors_until(const std::string& text);
  void close_output() { output_.reset(); }

  // The exit status, or 128 + the signal that ended it; fails the test at the deadline.
  int wait();

 private:
  static std::string read_all(const net::UniqueFd& pipe);

  pid_t pid_ = -1;
  net::UniqueFd output_;
  net::UniqueFd errors_;
};

}  // namespace vmodem::test
