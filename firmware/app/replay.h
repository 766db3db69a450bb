// What a run is begun with, to be recorded, and a recorded run that is run again.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "firmware/app/machine.h"
#include "firmware/app/options.h"
#include "firmware/base/expected.h"
#include "firmware/configuration/texts/clock.h"
#include "firmware/recording/player.h"
#include "firmware/recording/reader.h"
#include "firmware/settings/saved.h"
#include "ufs/store.h"

namespace vmodem::app {

// What a run is begun with.
struct Start {
  CommandLine command_line;
  std::optional<recording::Record> record;  // to be played first
};

// Of the command line and the files it names, which are read again; what the stores hold now.
[[nodiscard]] recording::Header make_header(const CommandLine& command_line, std::int64_t seed,
                                            const ClockSources& sources,
                                            const firmware::NvStore& settings,
                                            const ufs::Store& files);

// The error names the file and what is wrong in it.
[[nodiscard]] Expected<recording::Record, std::string> load_record(const std::string& path);

// What was recorded, but for where it was told and heard; of those the command line's own.
[[nodiscard]] Expected<Config, ConfigError> make_replayed_config(const recording::Header& header,
                                                                 const CommandLine& command_line);

// As they were when the run began. The error is one phrase.
[[nodiscard]] Expected<Stores, std::string> make_stores(const recording::Header& header);

// Plays all steps, or until the journal has entry `until`; `tell` is called behind each step, and
// gives the last entry. The error says behind which entry this run is another.
[[nodiscard]] Expected<void, std::string> play(const recording::Record& record,
                                               std::optional<std::uint64_t> until,
                                               recording::Player& player,
                                               const std::function<std::uint64_t()>& tell);

}  // namespace vmodem::app
