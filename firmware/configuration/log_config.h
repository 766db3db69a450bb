// What is logged, and where.
#pragma once

#include <cstdint>
#include <string>

namespace vmodem::app {

enum class LogLevel : std::uint8_t { kTrace, kDebug, kInfo, kWarning, kError, kOff };

struct LogConfig {
  LogLevel level = LogLevel::kWarning;
  std::string file;  // empty: standard error
};

}  // namespace vmodem::app
