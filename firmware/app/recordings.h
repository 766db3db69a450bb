// The recordings that a configuration asks for.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "firmware/app/loop/journal_reader.h"
#include "firmware/app/loop/session_tap.h"
#include "firmware/base/expected.h"
#include "firmware/base/time.h"
#include "firmware/configuration/config.h"
#include "firmware/control/capture_control.h"

namespace vmodem::app {

struct Recordings {
  std::vector<std::unique_ptr<JournalReader>> readers;  // of everything
  std::vector<std::unique_ptr<SessionTap>> taps;
  control::CaptureControl* capture = nullptr;  // one of the readers; null: nobody may begin one

  [[nodiscard]] std::vector<SessionTap*> tap_pointers() const;
};

// `seed` is that of the run, `start` what a network tells at its beginning. The error is one
// phrase.
[[nodiscard]] Expected<Recordings, std::string> open_recordings(const Config& config,
                                                                std::int64_t seed,
                                                                CalendarTime start);

// One of them takes standard output for itself.
[[nodiscard]] bool uses_standard_output(const Config& config);

}  // namespace vmodem::app
