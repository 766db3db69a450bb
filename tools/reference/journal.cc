#include "tools/reference/journal.h"

#include <fmt/format.h>

#include <string_view>

#include "firmware/journal/event.h"

namespace vmodem::reference {
namespace {

constexpr std::string_view kIntroduction = R"(# The journal

<!-- printed by vmodem-reference journal -->

What happens to a modem and its surroundings is one ordered stream of typed entries. The log, the key log,
`--explain`, `--lint` and the file of `--journal` are readers of it. Without a reader an entry is not even built, and no
reader changes what the modem does.

`vmodem --journal FILE` writes an entry a line, as JSON, and whole lines only, even where the program is killed:

```json
{"number":47,"at":13.010415,"because":40,"kind":"coap.retransmitted","wall":1700000000.25,"client":0,"message_id":7,"attempt":1,"timeout":5.920831}
```

| field | meaning |
|---|---|
| `number` | of the entry, from 1 |
| `at` | the module's time in seconds |
| `because` | the number of the entry that caused this one; null: the host, a timer of the network, or the user |
| `kind` | one of those below |
| `wall` | the wall's time, in seconds since 1970; the only field that differs from run to run |

With the same seed, configuration and octets of the host the entries are the same, number for number, but for `wall`
and the octets of DTLS records; `early` tells of the order in which octets came and went, so it repeats where that
does, as in a `--replay`. Findings of `--lint` are entries like others: with them the numbers are those of a run with
`--lint`. Secrets are null, and texts of the serial line are masked: "…" stands for a PIN, a
password or a key. What a host uploads or downloads is a size.

**Because.** While an input is handled, what is emitted carries its entry; what a timer does carries the entry that
set it. A message that answers one of the module's has that transmission as its cause, and names the datagram that
carried it. So every `+QCOAPACK` leads back, step by step, to the command line that asked for it. `--explain` logs
that chain for each result that is not a success.

`vmodem-reference journal-schema` prints a JSON Schema of a line.

## Kinds

Octets are hexadecimal digits, durations seconds, endpoints ADDRESS:PORT; `log` is the level at which the text log
tells the kind.
)";

std::string_view type_name(journal::FieldType type) {
  switch (type) {
    case journal::FieldType::kText:
      return "text";
    case journal::FieldType::kNumber:
      return "number";
    case journal::FieldType::kTruth:
      return "truth";
    case journal::FieldType::kOctets:
      return "octets";
    case journal::FieldType::kDuration:
      return "seconds";
    case journal::FieldType::kEndpoint:
      return "endpoint";
    case journal::FieldType::kOptions:
      return "options";
    case journal::FieldType::kEntry:
      return "entry or null";
    case journal::FieldType::kSecret:
      return "null (secret)";
  }
  return {};
}

std::string_view level_name(journal::Level level) {
  switch (level) {
    case journal::Level::kNone:
      return "–";
    case journal::Level::kDebug:
      return "debug";
    case journal::Level::kInfo:
      return "info";
    case journal::Level::kWarning:
      return "warning";
  }
  return {};
}

void print_kind(const journal::KindInfo& kind) {
  fmt::print("\n### {}\n\n{} Log: {}.\n\n| field | type | meaning |\n|---|---|---|\n", kind.name,
             kind.help, level_name(kind.level));
  for (const auto& field : kind.fields) {
    fmt::print("| `{}` | {}{} | {} |\n", field.name, type_name(field.type),
               field.is_optional ? " or null" : "", field.help);
  }
}

}  // namespace

void print_journal() {
  fmt::print("{}", kIntroduction);
  for (const auto& kind : journal::kinds()) print_kind(kind);
}

}  // namespace vmodem::reference
