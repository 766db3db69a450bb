// Every command of the module, family by family. A new family is one file here and one row in the
// list.
#pragma once

#include <span>

#include "at_engine/command.h"
#include "firmware/modem_config.h"

namespace vmodem::firmware {

[[nodiscard]] std::span<const at::CommandSpec> basic_commands();
[[nodiscard]] std::span<const at::CommandSpec> identification_commands();
[[nodiscard]] std::span<const at::CommandSpec> general_commands();
[[nodiscard]] std::span<const at::CommandSpec> sim_commands();
[[nodiscard]] std::span<const at::CommandSpec> qcfg_commands();
[[nodiscard]] std::span<const at::CommandSpec> configuration_commands();
[[nodiscard]] std::span<const at::CommandSpec> coap_commands();
[[nodiscard]] std::span<const at::CommandSpec> file_commands();
[[nodiscard]] std::span<const at::CommandSpec> file_handle_commands();
[[nodiscard]] std::span<const at::CommandSpec> ssl_commands();
[[nodiscard]] std::span<const at::CommandSpec> network_commands();
[[nodiscard]] std::span<const at::CommandSpec> packet_service_commands();
[[nodiscard]] std::span<const at::CommandSpec> power_commands();
[[nodiscard]] std::span<const at::CommandSpec> power_saving_commands();
[[nodiscard]] std::span<const at::CommandSpec> pdp_commands();
[[nodiscard]] std::span<const at::CommandSpec> pdp_socket_commands();
[[nodiscard]] std::span<const at::CommandSpec> internet_commands();
[[nodiscard]] std::span<const at::CommandSpec> clock_commands();

// A family and what it is called in the documentation.
struct CommandFamily {
  std::string_view title;
  std::span<const at::CommandSpec> rows;
  bool Features::*feature = nullptr;  // what it is a part of; null: in every module
};
[[nodiscard]] std::span<const CommandFamily> command_families();

// The families of a module with these features. Every module with the same shares one table.
[[nodiscard]] const at::CommandTable& command_table(Features features);

}  // namespace vmodem::firmware
