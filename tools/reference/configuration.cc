#include "tools/reference/configuration.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>

#include "firmware/app/options.h"
#include "firmware/configuration/internet/keys.h"
#include "firmware/configuration/keys.h"
#include "firmware/configuration/print.h"
#include "tools/reference/cell.h"

namespace vmodem::reference {
namespace {

using app::Config;
using app::ConfigKey;

constexpr const char* kIntroduction =
    R"(# Configuration

Printed by `build/release/bin/vmodem-reference configuration` from the tables that the program reads.
Edit those, not this file.

Everything that can be told to vmodem is a key with a default. Four places set keys; the later one wins:

1. the defaults below,
2. the file of `--config FILE`,
3. the options that are short for a key, as `--model BG77` for `identity.model`,
4. `--set KEY=VALUE`, as often as needed.

A value that is not allowed ends the start with exit status 2 and one line that names the place, the key
and what is allowed:

    $ vmodem --set dialect.nstart=9
    vmodem: --set dialect.nstart: dialect.nstart: 9 is not allowed; expected an integer, 1–8
)";

constexpr const char* kFile = R"(
## The file

One [TOML](https://toml.io/en/v1.0.0) file describes a module, its SIM, its network and its dialect. The
part of a key before the dot is its section:

    [identity]
    model = "BG77"

    [sim]
    pin_enabled = true
    ready_delay = "1500ms"

    [radio]
    timeline = ["searching 3s", "denied 11 5s", "searching 2s", "home"]

    [routes]
    "220.180.239.212:8028" = "127.0.0.1:5683"

`vmodem --print-config > modem.toml` writes the complete file of the defaults, with a comment for each
key; `vmodem --check-config modem.toml` tells every mistake in a file by line and column (status 2), or
that it is right (status 0).

A span of time is a whole number and its unit: `ms`, `s`, `min` or `h`. A list may be written as a list
of texts, or, as `--set` takes it, as one text with separators:

    vmodem --set "radio.timeline=searching 3s, denied 11 5s, home, lost 10s, roaming"

The timeline begins with every start of the radio (boot, `AT+CFUN=1`), and its last stage stays. Of
`radio.operators` the module finds those that `AT+QCFG="nwscanmode"`, `"nwscanseq"`, `"iotopmode"` and
`"band"` let it search: the mask has to have the band of the cell, as `LTE BAND 20` or `GSM 900`. An operator
whose band has a `+` behind it, as the home operator of the default has, is on every band: its own cell serves
where its band is allowed, else a cell on the lowest band that is.

The network tells the time at every registration, unless `clock.network` is empty. Where a run is to be repeated,
with a seed or a virtual clock, it is that of `internet.calendar_start` at the start of the program, otherwise
what the computer's clock shows.

A preset of `cellular` is the ground that the other keys of its section alter, wherever it stands there;
`--cellular nb2-deep` and a later file or option with a preset begin anew. Datagrams that a step of the
script concerns are not left to chance.

`routes` lead a host, with or without a port, to an address and a port: `[routes]` in the file,
`--route FROM=TO` or `--set routes.FROM=TO` on the command line.

## What survives

Without `--state` settings and files live in memory and a new process is a new module. `--state DIR`
keeps both: the profile of `AT&W` and what saves itself (`AT+QCFG`, the PIN, …) in `DIR/settings`, UFS in
`DIR/ufs`, or where `--ufs` says; there are the files of `EUFS:` too, as `EUFS:name`, and they share the
space of UFS (`EUFS:/datatx/` is missing). A setting is durable when its `OK` is out; `kill -9` at any
moment leaves the settings of one save, whole. One process at a time uses a directory.
What is no settings, as a link, a folder or a file of something else, is refused; `--new` begins with a new
module, whose first save takes its place.

## Power and the port

A module that has switched itself off comes back after `power.on_after`, as if somebody pressed its key;
`"never"` leaves it off. Its port is there all the time, as a UART is. With `power.port = "reappears"` it
is the USB port of a module instead: when the module goes off (`AT+QPOWD`, `AT+CFUN=1,1`, a reset, a power
cut) the host is hung up and the link is gone; with the first line of the boot chain there is a new port
under the same link. A host has 500 ms to read what was said last, and finds no port for 250 ms at least.
A link has to be there, as nobody could know the name of the next port:

    vmodem --link /tmp/vmodem --set power.port=reappears

## Keys
)";

constexpr const char* kInternet = R"(
## Servers and hosts of one's own

[examples/internet.toml](examples/internet.toml) shows most of what follows, and [examples/internet](examples/internet)
has servers that people use. A section describes one thing by a name of its own; keys that are left out have their
default.

- A server with the address of a shipped one takes its place; so does a host, and a name leads where the
  configuration says.
- A section with the name of a shipped server or host alters it: `[servers.coap-sim]`,
  `[servers.coap-sim-dtls]`, `[servers.note]`, `[servers.leshan]`, `[hosts.ntp-sim]`. `--print-config`
  shows all that these are.
- `internet.shipped = false` leaves out all that the configuration does not name.

`--set` alters what is there: `servers.NAME.KEY`, `servers.NAME.answer.KEY`,
`servers.NAME.resources.PATH.KEY` and `hosts.NAME.KEY`, as

    vmodem --set servers.coap-sim.answer.delay=3s --set servers.coap-sim.resources.test.max_age=60

No message shows a pre-shared key.
)";

// What a section is about, in its heading; a section without a row has its name alone.
struct Section {
  std::string_view name;
  std::string_view title;
};
constexpr Section kSections[] = {
    {"", "The run"},
    {"identity", "The module"},
    {"sim", "The card"},
    {"radio", "The network that the module meets"},
    {"clock", "The module's calendar and the network's"},
    {"readings", "What the module measures"},
    {"features", "What the firmware was built with"},
    {"dialect",
     "Switches for what the application note leaves open, with their evidence in "
     "[fidelity.md](fidelity.md)"},
    {"network", "What the host's network is used for"},
    {"cellular", "The link between the module and its network"},
    {"cellular.uplink", "Away from the module"},
    {"cellular.downlink", "Towards the module"},
    {"cellular.radio", "Connection and power saving on that link"},
    {"internet", "The simulated internet"},
    {"state", "What outlives a power-off"},
    {"ufs", "The module's file system"},
    {"dtls", "Keys of the sessions"},
    {"serve", "Simulated servers for others than the module, as in [serve.md](serve.md)"},
    {"log", "The log"},
};

std::string default_of(const ConfigKey& key) {
  const auto literal = key.literal(Config{});
  if (literal.empty()) return "–";
  if (std::holds_alternative<app::ListKey>(key.kind) && literal != "[]") {
    return "see `--print-config`";
  }
  return fmt::format("`{}`", cell(literal));
}

void print_options() {
  fmt::print("\n## Options\n\n| option | what it does |\n|---|---|\n");
  for (const auto& option : app::option_infos()) {
    const auto* space = option.value_name.empty() ? "" : " ";
    fmt::print("| `{}{}{}` | {} |\n", option.name, space, cell(option.value_name),
               cell(option.help));
  }
}

void print_heading(std::string_view name) {
  const auto* section = std::ranges::find(kSections, name, &Section::name);
  if (name.empty()) {
    fmt::print("\n### {}\n", section->title);
  } else if (section == std::end(kSections)) {
    fmt::print("\n### `[{}]`\n", name);
  } else {
    fmt::print("\n### `[{}]`: {}\n", name, section->title);
  }
  fmt::print("\n| key | default | allowed | what it is |\n|---|---|---|---|\n");
}

void print_keys() {
  const ConfigKey* previous = nullptr;
  for (const auto& key : app::config_keys()) {
    const auto section = app::section_of(key);
    if (previous == nullptr || app::section_of(*previous) != section) print_heading(section);
    fmt::print("| `{}` | {} | {} | {} |\n", key.name, default_of(key),
               cell(app::allowed_values(key)), cell(key.comment));
    previous = &key;
  }
}

// The table of what there may be many of. A key without a default is absent until it is given.
template <class Owner>
void print_table(std::string_view title, std::span<const app::KeyOf<Owner>> keys) {
  fmt::print("\n### {}\n\n| key | default | allowed | what it is |\n|---|---|---|---|\n", title);
  for (const auto& key : keys) {
    const auto literal = key.literal(Owner{});
    const bool is_absent = literal.empty() || literal == "\"\"" || literal == "[]";
    fmt::print("| `{}` | {} | {} | {} |\n", key.name,
               is_absent ? "–" : fmt::format("`{}`", cell(literal)), cell(key.allowed()),
               cell(key.comment));
  }
}

void print_internet() {
  fmt::print("{}", kInternet);
  print_table("`[servers.NAME]`: A server", app::server_keys());
  fmt::print(
      "\nBelow `answer` a server has the keys of an answer, for resources without answers of their "
      "own. `initiated` is a\nlist of at most {} requests of its own, each to whoever sent the "
      "request that it follows.\n",
      app::kInitiatedMax);
  print_table("`initiated` of a server: A request to the module", app::initiated_keys());
  print_table("`[servers.NAME.resources.\"PATH\"]`: A resource", app::resource_keys());
  fmt::print(
      "\n`answers` of a resource is a list of at most {} tables; the last that is for a request "
      "counts.\n",
      app::kAnswersMax);
  print_table("`answers` of a resource, `answer` of a server: How an answer travels",
              app::answer_keys());
  print_table("`[hosts.NAME]`: A machine, whether or not servers run on it", app::host_keys());
  fmt::print("\nThere are at most {} servers of {} resources each, and {} hosts.\n",
             app::kServersMax, app::kResourcesMax, app::kHostsMax);
}

}  // namespace

void print_configuration() {
  fmt::print("{}", kIntroduction);
  print_options();
  fmt::print("{}", kFile);
  print_keys();
  print_internet();
}

}  // namespace vmodem::reference
