// The settings of the basic command set that AT&F, AT&W and ATZ move between factory, store and use
// (AT95 §2.10–2.13, §23.2–23.4).
#pragma once

#include "at_engine/settings.h"

namespace vmodem::firmware {

// <n> of +CREG, +CGREG and +CEREG.
struct ReportModes {
  int creg = 0;
  int cgreg = 0;
  int cereg = 0;
};

// AT+CGEREP.
struct PacketEventMode {
  int mode = 0;
  int buffer = 0;
};

// Registers and circuits that the simulator keeps but that have no effect on a PTY.
struct Registers {
  int s0 = 0;    // automatic answer
  int s6 = 2;    // wait before blind dialling
  int s7 = 0;    // wait for carrier
  int s8 = 2;    // comma dial pause
  int s10 = 15;  // delay of hang-up, tenths of a second
  int dcd = 1;   // &C
  int dtr = 2;   // &D: 2 at power-on without a profile, 1 after &F and ATZ
  ReportModes reports;
  PacketEventMode packet_events;
};

// What AT&W stores.
struct LineProfile {
  bool echo = true;
  bool quiet = false;
  bool verbose = true;
  int extended = 4;
  int s0 = 0;
  int s7 = 0;
  int s10 = 15;
  int dcd = 1;
  int dtr = 1;
  ReportModes reports;
};

[[nodiscard]] LineProfile save_profile(const at::Settings& line, const Registers& registers);
void load_profile(const LineProfile& profile, at::Settings& line, Registers& registers);
// AT&F: everything, what AT&W does not store included; the bit rate stays.
void restore_factory(at::Settings& line, Registers& registers);

}  // namespace vmodem::firmware
