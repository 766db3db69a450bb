// One of the two devices that are compared: who it is, and how a case is played on it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/expected.h"
#include "tools/conform/device/backend.h"
#include "tools/conform/language/script.h"

namespace vmodem::conform {

class ComparedDevice {
 public:
  // "object", "spawn:PROGRAM" or a place that Line::open() takes; behind the first two, settings:
  // "object,identity.model=BG77".
  [[nodiscard]] static Expected<ComparedDevice, Fault> parse(std::string_view text);

  // Error: nobody is there.
  [[nodiscard]] Done reach() const;
  // What the device says to the case, as a transcript; a case that it cannot play is left out, for
  // the reason that is the error.
  [[nodiscard]] Expected<std::string, std::string> record(Script script) const;

 private:
  enum class Kind : std::uint8_t { kObject, kProgram, kPlace };

  [[nodiscard]] Expected<std::unique_ptr<Backend>, std::string> open(const Script& script) const;

  Kind kind_ = Kind::kPlace;
  std::string place_;  // of the program, or of the line
  std::vector<Setting> settings_;
};

}  // namespace vmodem::conform
