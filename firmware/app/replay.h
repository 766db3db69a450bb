// What a run is begun with, to be recorded, and a recorded run that is run again.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "firmware/app/loop/network.h"
#include "firmware/app/loop/past.h"
#include "firmware/app/options.h"
#include "firmware/base/expected.h"
#include "firmware/configuration/texts/clock.h"
#include "firmware/control/api.h"
#include "firmware/journal/journal.h"
#include "firmware/recording/reader.h"
#include "firmware/settings/saved.h"
#include "firmware/testbed/machine.h"
#include "firmware/testbed/testbed.h"
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
[[nodiscard]] Expected<testbed::Stores, std::string> make_stores(const recording::Header& header);

// Runs a record again on a testbed that was made for it, to its end or until the journal has entry
// `until`, and gives the network what is then open there. `api` does what control requests did,
// `tell` is given every entry. The error says behind which entry this run is another.
[[nodiscard]] Expected<Past::Arrival, std::string> play_record(
    const recording::Record& record, std::optional<std::uint64_t> until, testbed::Testbed& testbed,
    Network& network, control::Api& api, const std::function<void(const journal::Entry&)>& tell);

}  // namespace vmodem::app
