#include "firmware/radio/config.h"

namespace vmodem::firmware {

std::vector<Operator> default_operators() {
  return {
      {.long_name = "CHN-UNICOM",
       .short_name = "UNICOM",
       .numeric = "46001",
       .is_on_every_band = true},
      {.long_name = "CHN-UNICOM",
       .short_name = "UNICOM",
       .numeric = "46001",
       .technology = Technology::kNbIot,
       .cell = {"00C4", "01A2D202", "01", "LTE BAND 5", 2506},
       .is_on_every_band = true},
      {.long_name = "CHN-UNICOM",
       .short_name = "UNICOM",
       .numeric = "46001",
       .technology = Technology::kEgprs,
       .cell = {"00C5", "D303", "01", "GSM 900", 96},
       .is_on_every_band = true},
      {.long_name = "CHINA MOBILE",
       .short_name = "CMCC",
       .numeric = "46000",
       .access = Access::kPartner,
       .cell = {"1A2B", "0034F501", "01", "LTE BAND 8", 3590}},
      {.long_name = "CHN-CT",
       .short_name = "CT",
       .numeric = "46011",
       .access = Access::kForbidden,
       .cell = {"2B3C", "0045A601", "01", "LTE BAND 5", 2452}},
  };
}

}  // namespace vmodem::firmware
