#include "tools/reference/faults.h"

#include <fmt/format.h>

#include <cstdio>
#include <string>
#include <string_view>

#include "firmware/base/check.h"
#include "firmware/testbed/scenario.h"
#include "firmware/testbed/verb.h"

namespace vmodem::reference {
namespace {

constexpr const char* kIntroduction = R"(# Faults and scenarios

Printed by `build/release/bin/vmodem-reference faults` from the table that the program reads. Edit that, not
this file.

A fault is a verb that is done to the module or to what surrounds it, and when:

    vmodem --fault link-down:30s@AT+QCOAPSEND#2
    vmodem --fault "registration-lost 20s@1min" --fault drop-urc@+QCOAPACK
    vmodem --scenario tunnel.txt

On the command line and in the key `faults` a fault is `VERB[ ARGUMENT…][@WHEN]`; without `WHEN` it is there
from the start. Where blanks hurt, `VERB:ARGUMENT,ARGUMENT` is the same. A mistake ends the start with exit
status 2 and one line that says what would be right. Every fault that happens is in the log, as it was
written.

## When

| WHEN | the fault happens |
|---|---|
| `10s`, `250ms`, `2min`, `1h` | at this instant of the module's time line |
| `command` | when the first command line is read, before it runs |
| `AT+QCOAPSEND`, `AT+QCOAPSEND=0` | when the first command line that begins so is read, in letters of either case |
| `urc` | at the first URC |
| `+QCOAPRECV`, `+CEREG: 2`, `RDY` | at the first URC that begins so |
| `uplink`, `downlink` | when the first datagram leaves the module, or has arrived for it |
| `AT+QCOAPSEND#2`, `uplink#5` | at the second and the fifth of them |
| `+QCOAPRECV#*` | at each of them |
| `RDY+5s`, `AT+QCOAPSEND#2+5s`, `urc#*+250ms` | so long after it |

The line that `A/` repeats counts as that line.

A fault upon a command line comes before the command runs, so that its own answer shows it; one upon a URC or
upon a datagram that leaves concerns this one, not the next. A datagram that has arrived is past the link.
Faults of one instant happen in the order in which they are written. A fault that has brought about what it
waits for, at once and by whatever others, does not happen again at that instant; the log says so once.

What is next of its kind, a URC or a final result, takes one fault of each verb that waits for it: two
`drop-urc` from the start drop two URCs, `truncate-urc` and `double-urc` cut one and write it twice. What is
dropped uses up the others, and `place-urc` a `delay-urc`.

## Scenario files

A scenario is a text file with one fault a line, `WHEN: VERB[ ARGUMENT…]`. Empty lines and lines that begin
with `#` are passed over; every mistake is told with its line.

)";

// Read back when it is printed, so that it cannot become wrong.
constexpr std::string_view kExample = R"(# A train goes through a tunnel while its sensor reports.
0s: link cat-m1-good
# The first message meets the tunnel: it is repeated, and gets through in time.
AT+QCOAPSEND#1: link-down 12s
# The answer to the second one is lost, and the network forgets the module shortly after.
AT+QCOAPSEND#2: lose-downlink
AT+QCOAPSEND#2+3s: registration-lost 1min
# Behind the tunnel there is a partner's network for half an hour.
10min: registration-roaming 30min
# The third acknowledgement does not reach the host: will it send again?
+QCOAPACK#3: drop-urc
)";

constexpr const char* kVerbs = R"(
## Verbs

What stands in brackets may be left out: a count is then 1, and a duration is for ever, or until the verb
beside it; only `server-restart` takes no time then. A duration that is over ends the effect as that verb
would; the latest fault of a kind says when. A name or a server that is left out is every one of the
simulated internet; a start with a server that is none of them is refused with those that are.

| verb | what it does | arguments | ended by |
|---|---|---|---|
)";

// As code, with its line ends inside.
std::string indented(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const auto end = text.find('\n');
    result += fmt::format("    {}\n", text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  return result;
}

std::string arguments(const testbed::Verb& verb) {
  std::string text;
  for (const auto& spec : verb.arguments) {
    if (spec.kind == testbed::ArgumentKind::kNone) continue;
    text += fmt::format("{}`{}` {}", text.empty() ? "" : "<br>", spec.name, allowed_values(spec));
  }
  return text.empty() ? "–" : text;
}

void print_verb(const testbed::Verb& verb) {
  const auto undo = verb.undo.empty() ? std::string("–") : fmt::format("`{}`", verb.undo);
  fmt::print("| `{}` | {} | {} | {} |\n", usage(verb), verb.help, arguments(verb), undo);
}

}  // namespace

void print_faults() {
  BG_CHECK(testbed::parse_scenario(kExample).errors.empty(), "the example is right");
  fmt::print("{}{}{}", kIntroduction, indented(kExample), kVerbs);
  for (const auto& verb : testbed::verbs()) print_verb(verb);
}

}  // namespace vmodem::reference
