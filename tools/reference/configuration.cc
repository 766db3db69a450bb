#include "tools/reference/configuration.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>

#include "firmware/app/config_keys.h"
#include "firmware/app/config_print.h"
#include "firmware/app/options.h"

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
    vmodem: --set dialect.nstart=9: dialect.nstart: 9 is not allowed; expected an integer, 1–8
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

The timeline begins with every start of the radio (boot, `AT+CFUN=1`), and its last stage stays.

`routes` lead a host, with or without a port, to an address and a port: `[routes]` in the file,
`--route FROM=TO` or `--set routes.FROM=TO` on the command line.

## What survives

Without `--state` settings and files live in memory and a new process is a new module. `--state DIR`
keeps both: the profile of `AT&W` and what saves itself (`AT+QCFG`, the PIN, …) in `DIR/settings`, UFS in
`DIR/ufs`, or where `--ufs` says. A setting is durable when its `OK` is out; `kill -9` at any moment
leaves the settings of one save, whole. One process at a time uses a directory.

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
    {"dialect", "Switches for what the application note leaves open"},
    {"network", "What the host's network is used for"},
    {"state", "What outlives a power-off"},
    {"ufs", "The module's file system"},
    {"dtls", "Keys of the sessions"},
    {"log", "The log"},
};

// Bars and line ends would end a cell.
std::string cell(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '|') escaped += '\\';
    escaped += c == '\n' ? ' ' : c;
  }
  return escaped;
}

std::string default_of(const ConfigKey& key) {
  const auto literal = app::value_literal(key, Config{});
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

}  // namespace

void print_configuration() {
  fmt::print("{}", kIntroduction);
  print_options();
  fmt::print("{}", kFile);
  print_keys();
}

}  // namespace vmodem::reference
