#include "firmware/app/loop/line_output.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace vmodem::app {

LineOutput LineOutput::to_standard_error() {
  return LineOutput(OutputDescriptor::of_standard(STDERR_FILENO));
}

Expected<LineOutput, std::string> LineOutput::to_file(const std::string& path, Opening opening,
                                                      std::string_view what) {
  const int before = opening == Opening::kReplace ? O_TRUNC : 0;
  // O_NONBLOCK: a pipe without a reader is an error, not a start that hangs.
  net::UniqueFd own(::open(path.c_str(),
                           O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK | O_NOCTTY | O_CLOEXEC | before,
                           S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH));
  if (!own.is_open()) {
    return unexpected(fmt::format("{} {}: {}", what, path, net::last_error().message()));
  }
  return LineOutput(OutputDescriptor(std::move(own)));
}

void LineOutput::write(std::string_view line) {
  flush();
  if (!waiting_.empty() && waiting_.size() + line.size() > kWaitingMax) {
    lost_count_ += static_cast<std::uint64_t>(std::ranges::count(line, '\n'));
    return;
  }
  waiting_ += line;
  flush();
}

void LineOutput::flush() {
  while (!waiting_.empty()) {
    const auto count = output_.write(as_bytes(waiting_));
    if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
    if (count < 0) {
      // No reader, no room on the disk: it does not come back for these lines.
      lost_count_ += static_cast<std::uint64_t>(std::ranges::count(waiting_, '\n'));
      return waiting_.clear();
    }
    waiting_.erase(0, static_cast<std::size_t>(count));
  }
}

std::uint64_t LineOutput::take_lost_count() {
  return std::exchange(lost_count_, 0);
}

}  // namespace vmodem::app
