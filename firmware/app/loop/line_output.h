// Where lines of text go that nobody may ever read: a write that the reader does not make room for
// waits here, within a bound, and never stops the program.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "firmware/app/loop/output_descriptor.h"
#include "firmware/base/expected.h"

namespace vmodem::app {

class LineOutput {
 public:
  // What waits for a reader at the most; a line that does not fit beside it is lost and counted.
  static constexpr std::size_t kWaitingMax = std::size_t{64} * 1024;

  [[nodiscard]] static LineOutput to_standard_error();
  enum class Opening : std::uint8_t { kAppend, kReplace };
  // Makes a file, and no directory. The error is one phrase, which says `what` it was to be.
  [[nodiscard]] static Expected<LineOutput, std::string> to_file(const std::string& path,
                                                                 Opening opening,
                                                                 std::string_view what);

  // `line` with its end; several are lost or written together.
  void write(std::string_view line);
  // Tries again what waits.
  void flush();
  [[nodiscard]] bool is_waiting() const { return !waiting_.empty(); }
  // Since the last call.
  [[nodiscard]] std::uint64_t take_lost_count();

 private:
  explicit LineOutput(OutputDescriptor output) : output_(std::move(output)) {}

  OutputDescriptor output_;
  std::string waiting_;
  std::uint64_t lost_count_ = 0;
};

}  // namespace vmodem::app
