// The program's log. A message below the threshold costs one comparison and is never formatted.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "firmware/base/expected.h"
#include "firmware/configuration/log_config.h"

namespace vmodem::app {

class Log {
 public:
  // Into `file`, appended to line by line; an empty name is standard error. A reader that is slow
  // loses lines, and is told how many, but stops nothing. The error is one phrase.
  [[nodiscard]] static Expected<Log, std::string> open(LogLevel threshold, const std::string& file);
  ~Log();
  Log(Log&&) noexcept;
  Log& operator=(Log&&) noexcept;

  [[nodiscard]] bool is_enabled(LogLevel level) const {
    return level >= threshold_ && level != LogLevel::kOff;
  }
  void write(LogLevel level, std::string_view text);
  // Lines wait for a slow reader; flush() tries again.
  [[nodiscard]] bool is_waiting() const;
  void flush();

  template <class... Args>
  void format(LogLevel level, fmt::format_string<Args...> text, Args&&... args) {
    if (is_enabled(level)) write(level, fmt::format(text, std::forward<Args>(args)...));
  }

 private:
  struct Sink;
  Log(LogLevel threshold, std::unique_ptr<Sink> sink);

  LogLevel threshold_;
  std::unique_ptr<Sink> sink_;
};

}  // namespace vmodem::app
