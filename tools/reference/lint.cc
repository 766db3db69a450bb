#include "tools/reference/lint.h"

#include <fmt/format.h>

#include <string_view>

#include "firmware/lint/rules.h"

namespace vmodem::reference {
namespace {

constexpr std::string_view kIntroduction = R"(# Lint

<!-- printed by vmodem-reference lint -->

What a host does wrong, or riskily, though it may work today. `vmodem --lint=report` tells it three times: as an
entry `lint.finding` of the journal (`--journal`, `/events` of `--control`), which stands right behind the entry that
showed it and has the one that it concerns as its cause; in the log, what is wrong as a warning and what is risky at
the level info; and when the program ends, a line for each rule. `--lint=error` does the same and ends with status 3
where anything was found.

```
$ vmodem --lint=error --journal run.jsonl    # … the host runs … SIGTERM
vmodem: lint: wrong: message-id-reused, 2 times, first: #57: client 0: message ID 1234 by #52 was that of #41, 2s ago; …
$ echo $?
3
```

A rule is meant to miss rather than to blame a host that is right: what depends on something the journal does not
show is not judged. A rule is told 100 times in a run at the most. Ending vmodem by a signal is the end of the run.
Time is the module's: where it stands still (`--clock manual`), no host is slow.

## Rules
)";

}  // namespace

void print_lint() {
  fmt::print("{}", kIntroduction);
  for (const auto& rule : lint::rules()) {
    fmt::print("\n### {}\n\n{} {}\n\n", rule.name, rule.is_wrong ? "Wrong." : "Risky.", rule.what);
    fmt::print("- Written: {}.\n- Cure: {}.\n- Example: {}.\n", rule.clause, rule.cure,
               rule.example);
  }
}

}  // namespace vmodem::reference
