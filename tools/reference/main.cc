// Prints docs/at_commands.md from the command table and, asked for another page,
// docs/configuration.md and docs/fidelity.md from the key table, docs/faults.md from the table of
// verbs, docs/journal.md from that of events, docs/control.md from that of routes and docs/lint.md
// from that of rules, so that none can drift from what the program does.
#include <fmt/format.h>

#include <cstdio>
#include <string_view>

#include "firmware/journal/json.h"
#include "tools/reference/commands.h"
#include "tools/reference/configuration.h"
#include "tools/reference/control.h"
#include "tools/reference/faults.h"
#include "tools/reference/fidelity.h"
#include "tools/reference/journal.h"
#include "tools/reference/lint.h"

int main(int argc, char** argv) {
  using namespace vmodem;
  const std::string_view page = argc > 1 ? argv[1] : "commands";
  if (page == "commands") {
    reference::print_commands();
    return 0;
  }
  if (page == "configuration") {
    reference::print_configuration();
    return 0;
  }
  if (page == "faults") {
    reference::print_faults();
    return 0;
  }
  if (page == "fidelity") {
    reference::print_fidelity();
    return 0;
  }
  if (page == "control") {
    reference::print_control();
    return 0;
  }
  if (page == "lint") {
    reference::print_lint();
    return 0;
  }
  if (page == "journal") {
    reference::print_journal();
    return 0;
  }
  if (page == "journal-schema") {
    fmt::print("{}", journal::json_schema());
    return 0;
  }
  fmt::print(stderr,
             "usage: vmodem-reference "
             "[commands|configuration|control|faults|fidelity|journal|journal-schema|lint]\n");
  return 2;
}
