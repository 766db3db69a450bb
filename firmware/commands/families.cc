#include "firmware/commands/families.h"

#include <array>
#include <vector>

#include "firmware/commands/coap/tables.h"
#include "firmware/commands/files/tables.h"
#include "firmware/commands/internet/tables.h"
#include "firmware/commands/line/tables.h"
#include "firmware/commands/module/tables.h"
#include "firmware/commands/network/tables.h"
#include "firmware/commands/packet/tables.h"
#include "firmware/commands/settings/tables.h"

namespace vmodem::firmware {
namespace {

at::CommandTable make_table(const Features& features) {
  std::vector<std::span<const at::CommandSpec>> rows;
  for (const auto& family : command_families()) {
    if (family.feature == nullptr || features.*family.feature) rows.push_back(family.rows);
  }
  return at::CommandTable(rows);
}

}  // namespace

std::span<const CommandFamily> command_families() {
  static const std::array families{
      CommandFamily{"Line and registers", basic_commands()},
      CommandFamily{"Identification", identification_commands()},
      CommandFamily{"Power", power_commands()},
      CommandFamily{"Network", network_commands()},
      CommandFamily{"Packet service", packet_service_commands()},
      CommandFamily{"Power saving", power_saving_commands()},
      CommandFamily{"PDP contexts", pdp_commands()},
      CommandFamily{"PDP contexts of the TCP/IP stack", pdp_socket_commands()},
      CommandFamily{"Name look-up, ping and network time", internet_commands()},
      CommandFamily{"Clock", clock_commands()},
      CommandFamily{"Serial line and readings", general_commands()},
      CommandFamily{"SIM", sim_commands()},
      CommandFamily{"Extended configuration", qcfg_commands()},
      CommandFamily{"Other configuration", configuration_commands()},
      CommandFamily{"CoAP", coap_commands(), &Features::coap},
      CommandFamily{"DTLS", ssl_commands()},
      CommandFamily{"Files", file_commands()},
      CommandFamily{"Open files", file_handle_commands()},
  };
  return families;
}

const at::CommandTable& command_table(Features features) {
  static const at::CommandTable whole = make_table({});
  static const at::CommandTable without_coap = make_table({.coap = false});
  return features.coap ? whole : without_coap;
}

}  // namespace vmodem::firmware
