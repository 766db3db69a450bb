// The sections [servers] and [hosts] of a configuration file.
#pragma once

#include "firmware/configuration/internet/config.h"
#include "firmware/configuration/schema/reader.h"

namespace vmodem::app {

void read_servers(InternetConfig& internet, const ConfigNode& node, Mistakes& mistakes);
void read_hosts(InternetConfig& internet, const ConfigNode& node, Mistakes& mistakes);

}  // namespace vmodem::app
