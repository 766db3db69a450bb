// What one virtual module is: everything that may differ between two of them.
#pragma once

#include <string>

#include "dtls/session.h"
#include "firmware/card/sim.h"
#include "firmware/coap/dialect.h"
#include "firmware/packet/contexts.h"
#include "firmware/power/clock.h"
#include "firmware/power/life.h"
#include "firmware/power/readings.h"
#include "firmware/radio/config.h"
#include "ufs/file_system.h"

namespace vmodem::firmware {

struct Identity {
  std::string model = "BG95-M3";             // one of models()
  std::string revision;                      // AT+GMR; empty: the model's own
  std::string sub_revision = "01.011.01.011";  // AT+QGMR prints revision_sub_revision
  std::string imei = "864508030012428";      // 15 digits
  std::string imsi = "460014357610204";      // 15 digits
  std::string iccid = "89860117838009341024";  // 18–22 digits, may end in F
  bool later_firmware = false;  // AT+QCFG=? and AT+QICFG=? list what firmware after 01.011 added
};

// What firmware may be built without; its commands are then unknown.
struct Features {
  bool coap = true;  // AT+QCOAP…
};

struct ModemConfig {
  Identity identity;
  Features features;
  PowerConfig power;
  SimConfig sim;
  Readings readings;
  Dialect dialect;
  RadioConfig network;
  PdpConfig pdp;
  ClockConfig clock;
  ufs::Limits ufs;
  bool report_commands = false;  // CommandRead actions
  dtls::SessionSource* sessions = nullptr;  // with real peers; null: made here. Outlives the modem
  bool export_keys = false;  // dtls.keys in the journal for every DTLS session
};

}  // namespace vmodem::firmware
