// A transcript without what is secret, line by line: texts masked as the module masks them in its
// journal, sizes in place of data. To be read; what is masked cannot be played.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "at_engine/command.h"

namespace vmodem::conform {

class Redaction {
 public:
  // The rows of `commands` say which arguments are secret; of a command without a row all are. The
  // table outlives this.
  explicit Redaction(const at::CommandTable& commands) : commands_(commands) {}

  // `lines` are whole ones, as a SessionRecorder writes them.
  [[nodiscard]] std::string handle(std::string_view lines);

 private:
  [[nodiscard]] std::string line(std::string_view line);
  [[nodiscard]] std::string sent(std::string_view keyword, std::string_view text);
  [[nodiscard]] std::string heard(std::string_view keyword, std::string_view text);

  const at::CommandTable& commands_;
  bool is_data_ = false;          // behind a prompt, up to the final result
  std::size_t payload_left_ = 0;  // octets that a URC has announced
};

}  // namespace vmodem::conform
