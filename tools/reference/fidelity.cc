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

Each value is shown by a case, `tests/conformance/dialect/KEY_VALUE.at`.

| key | default | allowed | switches | known | ruled | would settle it |
|---|---|---|---|---|---|---|
)";

void print_row(const app::DialectKey& row, const app::Config& defaults) {
  fmt::print("| `{}` | `{}` | {} | {} | {} | {} | {} |\n", row.key.name,
             cell(row.key.literal(defaults)), cell(app::allowed_values(row.key)),
             cell(row.key.comment), cell(row.known), cell(row.ruled), cell(row.settles));
}

// A question that has one answer here, whatever a module does.
struct Ruling {
  const char* question;
  const char* known;
  const char* ruled;
  const char* settles;
};

constexpr const char* kRulingsIntroduction = R"(
## Circuits

A host at `--listen rfc2217://…` has the circuits of V.24, and questions that one on a PTY cannot put. They
have one answer each, and no switch.

| question | known | ruled | would settle it |
|---|---|---|---|
)";

constexpr Ruling kRulings[] = {
    {"What becomes of what a host sends while the module sleeps (`AT+QSCLK=1`, DTR off)",
     "AT95 §11.5: DTR that is off lets it sleep, DTR wakes it",
     "it is lost; the module sleeps as soon as no command line runs or is half typed, and URCs "
     "come "
     "all the same",
     "a command to a module that sleeps"},
    {"When DCD is on with `AT&C1`",
     "AT95 §3.1: it follows the carrier; there are no data calls here",
     "from CONNECT to the end of its data mode", "the pin during `AT+QFUPL`"},
    {"What a drop of DTR does with `AT&D2` to an upload",
     "AT95 §3.2: it ends the data call; FILE95: DTR with `AT&D1` interrupts like `+++`",
     "as with `AT&D1`, but the answer is NO CARRIER in place of OK; what has arrived stays",
     "DTR during `AT+QFUPL` with `AT&D2`"},
    {"What a drop of DTR does at the prompt of `AT+QCOAPSEND`", "nothing",
     "nothing: no CONNECT has opened a connection", "DTR at the prompt"},
    {"How a pause between pulses of RI lasts",
     "QCFG95 tells the length of a pulse and their number",
     "as long as a pulse; another URC begins its pulses anew", "the pin with `\"pulse\",120,5`"},
    {"When CTS is off with `AT+IFC=2,2`", "AT95 §3.3: the module holds the host by CTS",
     "while its queue has room for fewer than 256 octets", "a long command line behind `AT+QIACT`"},
    {"What octets at another rate than `AT+IPR` become", "nothing",
     "each is read as one octet, of the bits that a receiver at the other rate meets",
     "nothing: it is the nature of a UART"},
};

void print_ruling(const Ruling& row) {
  fmt::print("| {} | {} | {} | {} |\n", cell(row.question), cell(row.known), cell(row.ruled),
             cell(row.settles));
}

}  // namespace

void print_fidelity() {
  const app::Config defaults;
  fmt::print("{}", kIntroduction);
  for (const auto& row : app::dialect_keys()) print_row(row, defaults);
  fmt::print("{}", kRulingsIntroduction);
  for (const auto& row : kRulings) print_ruling(row);
}

}  // namespace vmodem::reference
