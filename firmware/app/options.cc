#include "firmware/app/options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "dtls/cipher_suite.h"
#include "firmware/app/help.h"
#include "firmware/base/names.h"
#include "firmware/configuration/faults.h"
#include "firmware/configuration/file.h"
#include "firmware/configuration/keys.h"
#include "firmware/configuration/print.h"

namespace vmodem::app {
namespace {

// Options that are a short way to write a key of the table.
struct KeyOption {
  const char* option;
  const char* key;
  const char* value_name;
  const char* help;
  const char* bare = nullptr;  // the value of the option alone; null: it takes one
};
constexpr KeyOption kKeyOptions[] = {
    {"--link", "link", "PATH", "Keep a symbolic link to the port at PATH while running"},
    {"--model", "identity.model", "NAME", "Be this module (default BG95-M3)"},
    {"--seed", "seed", "N", "Repeat the chance of the run that logged seed N"},
    {"--network", "network.mode", "loopback|host",
     "Reach only loopback where no route leads (default), or all the host reaches"},
    {"--clock", "time.mode", "real|scaled:N|virtual|manual",
     "Time goes with the wall (default), N times faster, jumps to the next deadline, or moves as "
     "--control says"},
    {"--scenario", "scenario", "FILE", "Do what a scenario file says, a fault a line"},
    {"--cellular", "cellular.preset", "PRESET",
     "The link to the network: perfect (default), or another of cellular.preset"},
    {"--boot", "power.at_start", "booted|cold",
     "Start with a module that has booted (default) or with its power-on"},
    {"--state", "state.directory", "DIR",
     "Keep what outlives a power-off, settings and files, in DIR instead of in memory"},
    {"--ufs", "ufs.directory", "DIR",
     "Keep the module's files in DIR instead of in memory or in the state directory"},
    {"--keylog", "dtls.key_log", "FILE", "Append the session keys to FILE, in the NSS format"},
    {"--journal", "journal.file", "FILE",
     "Write what happens into FILE, as JSON lines with causes"},
    {"--lint", "lint", "off|report|error",
     "Tell what the host does wrong, by the rules of docs/lint.md; error: then the exit status is "
     "3"},
    {"--control", "control.address", "ADDRESS",
     "Listen for vmodemctl at unix:PATH, or at tcp://HOST:PORT of loopback"},
    {"--control-token", "control.token_file", "FILE",
     "Let in at --control who knows the token in FILE; made where it is missing"},
    {"--window", "control.window", "[HOST:PORT]",
     "Show the modem live in a browser, by the link that is printed; at any free port of loopback, "
     "or at this one",
     "127.0.0.1:0"},
    {"--record", "record.file", "FILE",
     "Keep what goes into the run in FILE, its secrets too, for --replay"},
    {"--capture", "capture.file", "FILE",
     "Write a capture for Wireshark to FILE, a FIFO or -, standard output, with the session keys"},
    {"--transcript", "transcript.file", "FILE",
     "Record the dialogue in FILE as a transcript that can be played, with what is typed of "
     "secrets"},
    {"--log-level", "log.level", "LEVEL", "trace, debug, info, warning (default), error or off"},
    {"--log-file", "log.file", "FILE", "Append the log to FILE instead of standard error"},
};

constexpr const char* kSeeHelp = "an option that vmodem --help options lists";

// What CLI11 fills in; apart from CommandLine, whose assignments keep where each value came from.
struct Raw {
  std::array<std::string, std::size(kKeyOptions)> values;
  std::vector<std::string> routes;
  std::vector<std::string> sets;
  std::vector<std::string> faults;
  std::vector<std::string> listens;
  std::vector<std::string> servings;
  std::string help_topic;
  bool starts_new = false;
  bool explains = false;
  bool redacts = false;
  bool serves_anywhere = false;
  bool prints_config = false;
};

// With what depends on the libraries of the build.
std::string version_text() {
  std::string text = "vmodem " VMODEM_VERSION "\nfeatures: DTLS 1.2";
  if (is_supported(dtls::Version::kDtls1_0)) text += ", DTLS 1.0";
  return text;
}

void declare_options(CLI::App& app, Raw& raw, CommandLine& command_line) {
  app.set_help_flag();
  app.add_option("--help,-h", raw.help_topic,
                 "Print the usual options, or all of a topic: options, keys, verbs, a key or a "
                 "verb; and end")
      ->type_name("[TOPIC]")
      ->expected(0, 1);
  app.set_version_flag("--version", version_text(), "Print the version and the features, and end");
  for (std::size_t i = 0; i < std::size(kKeyOptions); ++i) {
    const auto& [option, key, value_name, help, bare] = kKeyOptions[i];
    auto* added = app.add_option(option, raw.values[i], help)->type_name(value_name);
    if (bare != nullptr) added->expected(0, 1);
  }
  app.add_option(
         "--route", raw.routes,
         "Lead FROM, a name or address with or without a port, to TO, an address and a port; "
         "may be repeated")
      ->type_name("FROM=TO")
      ->allow_extra_args(false);
  app.add_option("--set", raw.sets, "Set a key, of those that --help keys lists; may be repeated")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  app.add_option(
         "--fault", raw.faults,
         "Let something go wrong: a verb, of those that --help verbs lists, at a time or upon "
         "an event; may be repeated")
      ->type_name("VERB[@WHEN]")
      ->allow_extra_args(false);
  app.add_option("--listen", raw.listens,
                 "Meet a host beside the PTY too: at unix:PATH, or at tcp://HOST:PORT or, with "
                 "circuits, rfc2217://HOST:PORT of loopback; may be repeated")
      ->type_name("ADDRESS")
      ->allow_extra_args(false);
  app.add_option("--serve", raw.servings,
                 "Let the simulated servers of HOST, coap.sim where the configuration adds none, "
                 "answer others at ADDRESS:PORT of loopback, DTLS on the port behind; may be repeated")
      ->type_name("[HOST=]ADDRESS:PORT")
      ->allow_extra_args(false);
  app.add_flag("--serve-anywhere", raw.serves_anywhere,
               "Let the addresses of --serve be others than of loopback");
  app.add_option("--config", command_line.config_file,
                 "Read keys from a TOML file first; options win over it")
      ->type_name("FILE");
  app.add_option("--replay", command_line.replay_file,
                 "Run again what --record has written, and go on from there")
      ->type_name("FILE");
  app.add_option("--until", command_line.replay_until,
                 "End the replay behind this entry of the journal, and go on from there")
      ->type_name("NUMBER")
      ->needs("--replay");
  app.add_flag("--new", raw.starts_new,
               "Begin as a new module: settings that the directory of --state has are not read");
  app.add_flag("--explain", raw.explains,
               "Log the chain of causes behind each result that is not a success");
  app.add_flag("--redact", raw.redacts,
               "Mask what is secret in the transcript, which can then be read but not played");
  app.add_flag("--json", command_line.is_json, "Say \"ready\" as one line of JSON");
  app.add_flag("--print-config", raw.prints_config,
               "Print the configuration file that says what is the default, and end");
  app.add_option("--check-config", command_line.checked_file,
                 "Tell the mistakes in a configuration file and in its scenario, and end")
      ->type_name("FILE");
  app.add_option("--check-scenario", command_line.checked_scenario,
                 "Tell the mistakes in a scenario file, and end")
      ->type_name("FILE");
}

std::vector<OptionInfo> infos_of(const CLI::App& app) {
  std::vector<OptionInfo> infos;
  for (const auto* option : app.get_options()) {
    const bool is_flag = option->get_items_expected_max() == 0;
    infos.push_back(
        {option->get_name(), is_flag ? "" : option->get_type_name(), option->get_description()});
  }
  return infos;
}

Expected<std::variant<CommandLine, Notice>, ConfigError> help_notice(const CLI::App& app,
                                                                     const std::string& topic) {
  const auto infos = infos_of(app);
  if (topic.empty()) return Notice{help_text(infos)};
  auto text = help_on(topic, infos);
  if (!text) return unexpected(std::move(text.error()));
  return Notice{std::move(*text)};
}

// A value, and what stands behind the "=" of an option, may be a secret.
ConfigError unknown_option(const CLI::App& app, std::span<const char* const> arguments,
                           std::string_view stray) {
  const auto place = std::ranges::find(arguments, stray) - arguments.begin();
  if (!stray.starts_with('-')) {
    return {"command line", fmt::format("argument {} belongs to no option", place), kSeeHelp};
  }
  const auto infos = infos_of(app);
  std::vector<std::string_view> names;
  for (const auto& info : infos) names.push_back(info.name);
  const auto name = stray.substr(0, stray.find('='));
  return {"command line", fmt::format("unknown option \"{}\"{}", name, did_you_mean(name, names)),
          kSeeHelp};
}

// CLI11 would show the value.
std::string find_flag_with_value(std::span<const char* const> arguments) {
  for (const std::string_view argument : arguments) {
    const auto name = argument.substr(0, argument.find('='));
    const bool is_flag = std::ranges::any_of(option_infos(), [&](const OptionInfo& info) {
      return info.value_name.empty() && info.name == name;
    });
    if (is_flag && name != argument) return fmt::format("{} takes no value", name);
  }
  return {};
}

// They do not run a module, so nothing beside them means anything. excludes() of CLI11 would say so
// at every option of --help.
constexpr const char* kLonelyOptions[] = {"--print-config", "--check-config", "--check-scenario"};

std::optional<ConfigError> find_company(const CLI::App& app) {
  for (const auto* lonely : kLonelyOptions) {
    if (app.count(lonely) == 0) continue;
    for (const auto* other : app.get_options()) {
      if (other->count() == 0 || other->check_name(lonely)) continue;
      return ConfigError{"command line", fmt::format("{} beside {}", other->get_name(), lonely),
                         fmt::format("{} alone", lonely)};
    }
  }
  return std::nullopt;
}

// As a variable of a script gives it that is not set.
std::optional<ConfigError> find_empty_name(const CLI::App& app) {
  constexpr std::array<std::string_view, 3> kNames{"FILE", "DIR", "PATH"};
  for (const auto* option : app.get_options()) {
    const bool is_name = std::ranges::find(kNames, option->get_type_name()) != kNames.end();
    if (!is_name || option->count() == 0 || !option->results().front().empty()) continue;
    return ConfigError{fmt::format("{} \"\"", option->get_name()), "the name is empty",
                       fmt::format("a name, or no {}", option->get_name())};
  }
  return std::nullopt;
}

ConfigError no_equals(std::string where, const char* form) {
  return {std::move(where), "no \"=\"", form};
}

Expected<std::vector<Assignment>, ConfigError> collect(const CLI::App& app, const Raw& raw) {
  std::vector<Assignment> assignments;
  for (std::size_t i = 0; i < std::size(kKeyOptions); ++i) {
    const auto& [option, key, value_name, help, bare] = kKeyOptions[i];
    if (app.count(option) == 0) continue;
    const bool is_bare = bare != nullptr && raw.values[i].empty();
    const auto value = is_bare ? std::string(bare) : raw.values[i];
    assignments.push_back({fmt::format("{} {}", option, value), key, value});
  }
  if (raw.starts_new) assignments.push_back({"--new", "state.new", "true"});
  if (raw.explains) assignments.push_back({"--explain", "journal.explain", "true"});
  if (raw.redacts) assignments.push_back({"--redact", "transcript.redacted", "true"});
  for (const auto& text : raw.routes) {
    auto where = fmt::format("--route {}", text);
    const auto equals = text.find('=');
    if (equals == std::string::npos) {
      return unexpected(no_equals(where, "FROM=TO, as 220.180.239.212:8028=127.0.0.1:5683"));
    }
    assignments.push_back({std::move(where), std::string(kRoutesPrefix) + text.substr(0, equals),
                           text.substr(equals + 1)});
  }
  for (const auto& text : raw.sets) {
    // A route's FROM has no "=", no other key has one.
    const auto equals = text.find('=');
    if (equals == std::string::npos) {
      const auto known = find_config_key(text) != nullptr ? " " + text : "";
      return unexpected(no_equals("--set" + known, "KEY=VALUE, as dialect.sticky_message_id=true"));
    }
    // What stands behind the "=" is shown by a key that knows it for no secret, or not at all.
    auto key = text.substr(0, equals);
    auto where = "--set " + key;
    assignments.push_back({std::move(where), std::move(key), text.substr(equals + 1)});
  }
  for (const auto& text : raw.faults) {
    assignments.push_back({fmt::format("--fault {}", text), std::string(kOneMoreFault), text});
  }
  for (const auto& text : raw.listens) {
    assignments.push_back({fmt::format("--listen {}", text), std::string(kOneMoreListen), text});
  }
  if (raw.serves_anywhere) assignments.push_back({"--serve-anywhere", "serve.anywhere", "true"});
  for (const auto& text : raw.servings) {
    assignments.push_back({fmt::format("--serve {}", text), std::string(kOneMoreServing), text});
  }
  return assignments;
}

}  // namespace

Expected<std::variant<CommandLine, Notice>, ConfigError> parse_command_line(
    int argc, const char* const* argv) {
  CLI::App app;
  Raw raw;
  CommandLine command_line;
  declare_options(app, raw, command_line);
  app.allow_extras();
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForVersion& version) {
    return Notice{std::string(version.what()) + "\n"};
  } catch (const CLI::ParseError& error) {
    auto wrong = find_flag_with_value({argv, static_cast<std::size_t>(argc)});
    if (wrong.empty()) wrong = error.what();
    return unexpected(ConfigError{"command line", std::move(wrong), kSeeHelp});
  }
  if (app.count("--help") > 0) return help_notice(app, raw.help_topic);
  if (const auto strays = app.remaining(); !strays.empty()) {
    return unexpected(unknown_option(app, {argv, static_cast<std::size_t>(argc)}, strays.front()));
  }
  if (auto company = find_company(app)) return unexpected(std::move(*company));
  if (auto empty = find_empty_name(app)) return unexpected(std::move(*empty));
  if (raw.prints_config) return Notice{config_text(Config{})};
  auto assignments = collect(app, raw);
  if (!assignments) return unexpected(std::move(assignments.error()));

  command_line.assignments = std::move(*assignments);
  return command_line;
}

std::vector<OptionInfo> option_infos() {
  CLI::App app;
  Raw raw;
  CommandLine command_line;
  declare_options(app, raw, command_line);
  return infos_of(app);
}

}  // namespace vmodem::app
