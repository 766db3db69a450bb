#include "tools/reference/control.h"

#include <fmt/format.h>

#include <cstdio>

#include "firmware/control/route_table.h"

namespace vmodem::reference {
namespace {

constexpr const char* kIntroduction = R"(# The control interface

Printed by `build/release/bin/vmodem-reference control` from the table that answers requests. Edit that, not
this file. The same as OpenAPI 3.1 is at `GET /openapi.json`.

HTTP/1.1 with JSON. Instants and durations are seconds of the module's time; a duration in a body is a text as
`"30s"`. Octets are hexadecimal. A member of a body that may be null may be left out; in an answer every
member is there. What a body, a path or a query has and the table does not is a mistake.

What cannot be done is told by a problem document (RFC 9457, `application/problem+json`) with the members
`type`, `title`, `status`, `detail` and, where one is known, `field`, the member that is wrong, and `right`,
what would be right. Beside the statuses below there are 404 for a path and 405 for a method that the table
does not have.

All that is shown is without PINs, passwords, keys and the contents of files. Nothing waits without a bound:
1024 faults for their instant and 1024 for their occurrence beside those of the configuration, 64 scenarios,
256 overrides on each side, 64 inputs of 4096 octets.

- **Verbs**: a verb of [faults.md](faults.md) with its arguments by name. With `when` it waits for this trigger
  of a scenario; a time in it counts from the request, and so do those of a scenario that is loaded.
- **Overrides**: the latest that fits counts. One of the serial side answers in the place of a command of the
  table, known or not, by itself or in a line of several; the command does not run.
- **Serial input**: the octets of one request go in together, when no command line runs, is half typed or waits
  for data, so a host's transaction stays its own.
- **Back**: where a run is recorded, `POST /time/back` makes the module what it was; what has happened since
  has not. Readers of events are told by an event `back`, whose `number` is the last entry that stays.
- **Verify**: `where` compares the fields of a kind of the journal: `{"path": "/rd"}` for equality,
  `{"text": {"starts_with": "+QCOAPRECV"}}` with a comparison, null for an empty field. With `order` an entry
  for each step is to be there, each behind the one before; a step with `"last": true` is the last such entry
  of all. Where something is missing, `nearest` are the entries of its kind that differ in the fewest fields;
  one of an order in which none differs came too early.

)";

}  // namespace

void print_control() {
  fmt::print("{}## Requests\n\n{}", kIntroduction, control::reference_text());
}

}  // namespace vmodem::reference
