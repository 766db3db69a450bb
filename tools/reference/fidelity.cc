#include "tools/reference/fidelity.h"

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "firmware/configuration/dialect_keys.h"
#include "firmware/configuration/print.h"
#include "tools/reference/cell.h"

namespace vmodem::reference {
namespace {

constexpr const char* kIntroduction = R"(# Fidelity

Printed by `build/release/bin/vmodem-reference fidelity` from the table of the switches. Edit that, not
this file.

The application note of the module ("the note") does not answer every question that a host can put, and no
paper does. Where a module could as well do otherwise, vmodem has a switch in the section `[dialect]`, so that
a host can be run against every reading. A row says

- which key it is, its default and what else it may be;
- what it switches;
- what is known: what is written or was seen, and where;
- what was ruled, that is, why the default is what it is;
- what would settle it: what a module would have to be asked. Whoever has asked one is welcome to tell.

Each value is shown by a transcript, `tests/transcripts/dialect_KEY_VALUE.at`.

| key | default | allowed | switches | known | ruled | would settle it |
|---|---|---|---|---|---|---|
)";

void print_row(const app::DialectKey& row, const app::Config& defaults) {
  fmt::print("| `{}` | `{}` | {} | {} | {} | {} | {} |\n", row.key.name,
             cell(row.key.literal(defaults)), cell(app::allowed_values(row.key)),
             cell(row.key.comment), cell(row.known), cell(row.ruled), cell(row.settles));
}

}  // namespace

void print_fidelity() {
  const app::Config defaults;
  fmt::print("{}", kIntroduction);
  for (const auto& row : app::dialect_keys()) print_row(row, defaults);
}

}  // namespace vmodem::reference
