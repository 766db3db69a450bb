#include "firmware/settings/line_profile.h"

namespace vmodem::firmware {

void store_line(const at::Settings& line, const Registers& registers, SavedSettings& saved) {
  saved.set(kProfileEcho, line.echo);
  saved.set(kProfileQuiet, line.quiet);
  saved.set(kProfileVerbose, line.verbose);
  saved.set(kProfileExtended, line.extended);
  saved.set(kProfileS0, registers.s0);
  saved.set(kProfileS7, registers.s7);
  saved.set(kProfileS10, registers.s10);
  saved.set(kProfileDcd, registers.dcd);
  saved.set(kProfileDtr, registers.dtr);
}

void recall_line(const SavedSettings& saved, at::Settings& line, Registers& registers) {
  line.echo = saved.get(kProfileEcho) != 0;
  line.quiet = saved.get(kProfileQuiet) != 0;
  line.verbose = saved.get(kProfileVerbose) != 0;
  line.extended = saved.get(kProfileExtended);
  registers.s0 = saved.get(kProfileS0);
  registers.s7 = saved.get(kProfileS7);
  registers.s10 = saved.get(kProfileS10);
  registers.dcd = saved.get(kProfileDcd);
  registers.dtr = saved.get(kProfileDtr);
}

void restore_factory_line(at::Settings& line, Registers& registers) {
  line = at::Settings{};
  registers = Registers{};
  registers.dtr = kProfileDtr.initial;
}

}  // namespace vmodem::firmware
