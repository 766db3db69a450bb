// Brings a module that runs already to where a case begins, and back where a case has left it
// hanging: by a reset (3GPP TS 27.007 §8.2, AT+CFUN=1,1), or by the user's command.
#pragma once

#include <string>
#include <vector>

#include "tools/conform/device/line.h"
#include "tools/conform/device/serial_backend.h"

namespace vmodem::conform {

enum class Reset : std::uint8_t { kNone, kSoft };

class PortCare {
 public:
  struct Options {
    Reset reset = Reset::kSoft;
    std::string power_cycle{};  // a command of the shell; empty: there is none
    double timeout_scale = 1;
  };

  PortCare(Port port, Options options) : port_(std::move(port)), options_(std::move(options)) {}

  // Boots the module anew, as the options say. Error: it cannot be reached.
  [[nodiscard]] Done prepare();
  // Deletes the files that the script makes: another case, or a run that was ended, may have left
  // them there.
  [[nodiscard]] Done delete_files(const Script& script);
  // Why the module does not have what a case needs, or nothing.
  [[nodiscard]] Expected<std::optional<std::string>, BackendError> lacks(
      const std::vector<Need>& needs);

 private:
  [[nodiscard]] Done boot();
  [[nodiscard]] Done open();
  // Sends a command and reads until a final result or the end of the time; what came.
  [[nodiscard]] Expected<std::string, BackendError> ask(std::string_view command,
                                                        Duration time_max);
  // Reads until `text` has come, or for as long as that; what came.
  [[nodiscard]] Expected<std::string, BackendError> read_until(std::string_view text,
                                                               Duration time_max);
  [[nodiscard]] Expected<bool, BackendError> is_awake();
  [[nodiscard]] Duration scaled(Duration duration) const;

  Port port_;
  Options options_;
  std::optional<Line> line_;
};

}  // namespace vmodem::conform
