#include "firmware/app/loop/log.h"

#include <spdlog/details/null_mutex.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/base_sink.h>

#include <array>

#include "firmware/app/loop/line_output.h"

namespace vmodem::app {
namespace {

spdlog::level::level_enum to_spdlog(LogLevel level) {
  constexpr std::array kLevels{spdlog::level::trace, spdlog::level::debug, spdlog::level::info,
                               spdlog::level::warn,  spdlog::level::err,   spdlog::level::off};
  return kLevels[static_cast<std::size_t>(level)];
}

// Neither a file that it makes directories for nor a stream that a full pipe stops, as spdlog's own
// sinks are.
class OutputSink final : public spdlog::sinks::base_sink<spdlog::details::null_mutex> {
 public:
  explicit OutputSink(LineOutput output) : output_(std::move(output)) {}

  LineOutput& output() { return output_; }

 private:
  void sink_it_(const spdlog::details::log_msg& message) override {
    spdlog::memory_buf_t line;
    formatter_->format(message, line);
    output_.write({line.data(), line.size()});
  }
  void flush_() override {}

  LineOutput output_;
};

Expected<LineOutput, std::string> open_output(const std::string& file) {
  if (file.empty()) return LineOutput::to_standard_error();
  return LineOutput::to_file(file, LineOutput::Opening::kAppend, "log file");
}

}  // namespace

// A logger of its own, not one of spdlog's registry: there is no global log.
struct Log::Sink {
  LineOutput& output;  // the logger's
  spdlog::logger logger;

  Sink(LineOutput& line_output, spdlog::sink_ptr sink)
      : output(line_output), logger("vmodem", std::move(sink)) {
    logger.set_pattern("%H:%M:%S.%f %l: %v");
    logger.set_level(spdlog::level::trace);
  }
};

Expected<Log, std::string> Log::open(LogLevel threshold, const std::string& file) {
  auto output = open_output(file);
  if (!output) return unexpected(std::move(output.error()));
  auto sink = std::make_shared<OutputSink>(std::move(*output));
  auto& line_output = sink->output();
  return Log(threshold, std::make_unique<Sink>(line_output, std::move(sink)));
}

Log::Log(LogLevel threshold, std::unique_ptr<Sink> sink)
    : threshold_(threshold), sink_(std::move(sink)) {
}
Log::~Log() {
  if (sink_) flush();
}
Log::Log(Log&&) noexcept = default;
Log& Log::operator=(Log&&) noexcept = default;

void Log::write(LogLevel level, std::string_view text) {
  if (!is_enabled(level)) return;
  flush();
  sink_->logger.log(to_spdlog(level), text);
}

void Log::flush() {
  sink_->output.flush();
  if (is_waiting()) return;
  if (const auto count = sink_->output.take_lost_count()) {
    sink_->logger.warn("{} lines of this log are lost, for which there was no room", count);
  }
}

bool Log::is_waiting() const {
  return sink_->output.is_waiting();
}

}  // namespace vmodem::app
