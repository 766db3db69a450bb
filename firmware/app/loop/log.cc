#include "firmware/app/loop/log.h"

#include <spdlog/logger.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <array>

namespace vmodem::app {
namespace {

spdlog::level::level_enum to_spdlog(LogLevel level) {
  constexpr std::array kLevels{spdlog::level::trace, spdlog::level::debug, spdlog::level::info,
                               spdlog::level::warn,  spdlog::level::err,   spdlog::level::off};
  return kLevels[static_cast<std::size_t>(level)];
}

spdlog::sink_ptr make_sink(const std::string& file) {
  if (file.empty()) return std::make_shared<spdlog::sinks::stderr_sink_st>();
  return std::make_shared<spdlog::sinks::basic_file_sink_st>(file);
}

}  // namespace

// A logger of its own, not one of spdlog's registry: there is no global log.
struct Log::Sink {
  spdlog::logger logger;
};

Expected<Log, std::string> Log::open(LogLevel threshold, const std::string& file) {
  try {
    auto sink = std::make_unique<Sink>(Sink{spdlog::logger("vmodem", make_sink(file))});
    sink->logger.set_pattern("%H:%M:%S.%f %l: %v");
    sink->logger.set_level(spdlog::level::trace);
    sink->logger.flush_on(spdlog::level::trace);
    return Log(threshold, std::move(sink));
  } catch (const spdlog::spdlog_ex& error) {
    return unexpected(std::string(error.what()));
  }
}

Log::Log(LogLevel threshold, std::unique_ptr<Sink> sink)
    : threshold_(threshold), sink_(std::move(sink)) {
}
Log::~Log() = default;
Log::Log(Log&&) noexcept = default;
Log& Log::operator=(Log&&) noexcept = default;

void Log::write(LogLevel level, std::string_view text) {
  if (is_enabled(level)) sink_->logger.log(to_spdlog(level), text);
}

}  // namespace vmodem::app
