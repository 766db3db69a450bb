// The parts of a module, and how the news of one reach the others. Private to Modem.
#pragma once

#include <cstdint>

#include "at_engine/engine.h"
#include "firmware/action.h"
#include "firmware/base/queue.h"
#include "firmware/modem.h"
#include "firmware/services.h"

namespace vmodem::firmware {

struct Modem::State {
  State(const ModemConfig& modem_config, ufs::Store& store, NvStore& nv, RandomSource& random);

  // Runs command lines until one has asked something of the world, or no input is left.
  void run_input();
  // After any news: the parts tell one another, the host and the driver what came of it.
  void collect_events();
  // What comes over the air arrives.
  [[nodiscard]] bool takes_news() const { return radio.is_registered() && !power.is_hanging(); }

  void collect_power_events();
  void forget_volatile();
  void collect_radio_events();
  void collect_pdp_events();
  void collect_internet_events();
  void end_packet_service(const Detached& detached);
  void collect_coap_events();
  void act_for_client(Action action);
  void forget_sessions();
  void ask(Action action);

  ModemConfig config;
  Registers registers;
  TerminalSettings terminal;
  PdpContexts pdp{config.pdp};
  PdpCommand pdp_command;
  Internet internet{config.pdp};
  Power power{config.power};
  SslContexts ssl;
  SavedSettings saved;
  Radio radio;
  ModuleClock clock;
  PacketEvents packet_events{registers.packet_events};
  SlowClock slow_clock;
  Sim sim{config.sim, config.identity.iccid, saved};
  TagSettings tags{saved};
  ufs::FileSystem files;
  std::uint32_t last_transport = 0;
  bool is_memory_full = false;
  CoapClients clients;
  at::Engine engine;
  at::Services services;
  Queue<Action> actions;
  Instant now{};  // of the latest news, for input that waited until the actions were performed
};

}  // namespace vmodem::firmware
