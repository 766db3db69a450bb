// The serial line's rate, flow control, framing and character set. Framing and character set have
// no effect, the others none on a host without circuits.
#pragma once

#include <string_view>

#include "firmware/settings/line_profile.h"
#include "firmware/settings/saved.h"

namespace vmodem::firmware {

struct TerminalSettings {
  static constexpr std::string_view kDefaultCharacterSet = "GSM";

  int rate = 115200;                                      // bit/s
  int dce_by_dte = 0;                                     // AT+IFC: 0 no flow control, 2 RTS
  int dte_by_dce = 0;                                     // 0 no flow control, 2 CTS
  int format = 3;                                         // AT+ICF: 3 eight data bits, one stop bit
  int parity = 3;                                         // 0 odd, 1 even, 2 mark, 3 space or none
  std::string_view character_set = kDefaultCharacterSet;  // of static storage

  // Power-up: of all this only the rate is kept, by AT&W.
  void reset(const SavedSettings& saved) {
    *this = TerminalSettings{};
    rate = saved.get(kProfileRate);
  }
};

}  // namespace vmodem::firmware
