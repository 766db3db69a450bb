// What command handlers work on: the module's parts, by reference. The engine passes it through and
// knows nothing of it.
//
// In:  the rooms of the module.
// Out: one handle for all of them.
#pragma once

#include <cstdint>

#include "at_engine/settings.h"
#include "firmware/card/sim.h"
#include "firmware/circuits/ring_indicator.h"
#include "firmware/coap/clients.h"
#include "firmware/coap/ssl_contexts.h"
#include "firmware/internet/queries.h"
#include "firmware/modem_config.h"
#include "firmware/packet/command.h"
#include "firmware/packet/contexts.h"
#include "firmware/packet/events.h"
#include "firmware/power/clock.h"
#include "firmware/power/life.h"
#include "firmware/radio/power_saving.h"
#include "firmware/radio/registration.h"
#include "firmware/settings/line_profile.h"
#include "firmware/settings/saved.h"
#include "firmware/settings/tagged.h"
#include "firmware/settings/terminal.h"
#include "ufs/file_system.h"

namespace vmodem::at {

struct Services {
  const firmware::ModemConfig& config;
  Settings& line;
  firmware::Registers& registers;
  firmware::TerminalSettings& terminal;
  firmware::Sim& sim;
  firmware::TagSettings& tags;
  firmware::CoapClients& coap;
  firmware::PdpContexts& pdp;
  firmware::PdpCommand& pdp_command;
  firmware::Internet& internet;
  firmware::ModuleClock& clock;
  firmware::Power& power;
  firmware::Radio& radio;
  firmware::PacketEvents& packet_events;
  firmware::SlowClock& slow_clock;
  firmware::RingIndicator& ring;
  firmware::SslContexts& ssl;
  firmware::SavedSettings& saved;
  ufs::FileSystem& files;
  std::uint32_t& last_transport;  // the transport of every open is new
  const bool& is_memory_full;     // for sessions and messages
};

}  // namespace vmodem::at
