// What a testbed is made of, as data.
#pragma once

#include <variant>
#include <vector>

#include "firmware/journal/journal.h"
#include "firmware/modem.h"
#include "firmware/network_event.h"
#include "firmware/testbed/scenario.h"
#include "net/link/link_config.h"
#include "net/routes.h"
#include "net/sim/world.h"

namespace vmodem::testbed {

struct TestbedConfig {
  firmware::ModemConfig modem;
  sim::WorldSource internet;
  net::LinkConfig link;
  net::Routes routes;
  bool reaches_host = false;
  std::vector<Fault> faults;
  journal::Kinds journal;        // what somebody reads
  bool judges_host = false;      // findings join the journal, where all of it is read
  bool watches_network = false;  // fills poll_passage()
};

// What passed between the modem and its network, simulated or real: what it asked for, or heard.
using Passage = std::variant<firmware::Action, firmware::NetworkEvent>;

}  // namespace vmodem::testbed
