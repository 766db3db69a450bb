// The sections of a configuration file: those of the table of keys, and those of which there are
// many.
#pragma once

#include "firmware/configuration/config.h"
#include "firmware/configuration/file.h"
#include "firmware/configuration/schema/reader.h"

namespace vmodem::app {

// The whole file, but for keys that `refuse` has something against; null: it takes all.
void read_config(Config& config, const ConfigNode::Table& root, Mistakes& mistakes,
                 RefuseKey refuse);

}  // namespace vmodem::app
