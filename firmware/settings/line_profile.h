// The settings of the basic command set that AT&F, AT&W and ATZ move between factory, store and use
// (AT95 §2.10–2.13, §23.2–23.4).
#pragma once

#include "at_engine/settings.h"
#include "firmware/settings/saved.h"

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

// S registers, which have no effect here, and what &C and &D say of the circuits.
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

// What AT&W stores, under the values of AT&F.
inline constexpr SavedNumber kProfileStored{"profile.stored", 0};  // 1 after the first AT&W
inline constexpr SavedNumber kProfileEcho{"profile.e", 1};
inline constexpr SavedNumber kProfileQuiet{"profile.q", 0};
inline constexpr SavedNumber kProfileVerbose{"profile.v", 1};
inline constexpr SavedNumber kProfileExtended{"profile.x", 4};
inline constexpr SavedNumber kProfileS0{"profile.s0", 0};
inline constexpr SavedNumber kProfileS7{"profile.s7", 0};
inline constexpr SavedNumber kProfileS10{"profile.s10", 15};
inline constexpr SavedNumber kProfileDcd{"profile.dcd", 1};
inline constexpr SavedNumber kProfileDtr{"profile.dtr", 1};
inline constexpr SavedNumber kProfileRate{"profile.ipr", 115200};  // loaded at power-up only
inline constexpr SavedNumber kProfileCreg{"profile.creg", 0};
inline constexpr SavedNumber kProfileCgreg{"profile.cgreg", 0};
inline constexpr SavedNumber kProfileCereg{"profile.cereg", 0};

// Sets the keys and leaves saving to the caller.
void store_line(const at::Settings& line, const Registers& registers, SavedSettings& saved);
// Takes what AT&W stored. What it does not store stays.
void recall_line(const SavedSettings& saved, at::Settings& line, Registers& registers);
// AT&F: everything, what AT&W does not store included.
void restore_factory_line(at::Settings& line, Registers& registers);

}  // namespace vmodem::firmware
