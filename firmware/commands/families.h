// Every command of the module, family by family. A new family is one table in a room below and one
// row in the list.
//
// In:  the features of a module.
// Out: its table of commands.
#pragma once

#include <span>
#include <string_view>

#include "at_engine/command.h"
#include "firmware/modem_config.h"

namespace vmodem::firmware {

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
