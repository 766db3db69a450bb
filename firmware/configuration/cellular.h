// The cellular link between the module and its network, by preset and in detail.
#pragma once

#include <string>

#include "net/link/link_config.h"

namespace vmodem::app {

struct CellularConfig {
  std::string preset = "perfect";  // what `link` began as; one of net::link_presets()
  net::LinkConfig link;
};

}  // namespace vmodem::app
