#include "firmware/line_profile.h"

namespace vmodem::firmware {

LineProfile save_profile(const at::Settings& line, const Registers& registers) {
  return {.echo = line.echo,
          .quiet = line.quiet,
          .verbose = line.verbose,
          .extended = line.extended,
          .s0 = registers.s0,
          .s7 = registers.s7,
          .s10 = registers.s10,
          .dcd = registers.dcd,
          .dtr = registers.dtr,
          .reports = registers.reports};
}

void load_profile(const LineProfile& profile, at::Settings& line, Registers& registers) {
  line.echo = profile.echo;
  line.quiet = profile.quiet;
  line.verbose = profile.verbose;
  line.extended = profile.extended;
  registers.s0 = profile.s0;
  registers.s7 = profile.s7;
  registers.s10 = profile.s10;
  registers.dcd = profile.dcd;
  registers.dtr = profile.dtr;
  registers.reports = profile.reports;
}

void restore_factory(at::Settings& line, Registers& registers) {
  line = at::Settings{};
  registers = Registers{};
  load_profile(LineProfile{}, line, registers);
}

}  // namespace vmodem::firmware
