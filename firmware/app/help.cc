#include "firmware/app/help.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "firmware/base/check.h"
#include "firmware/base/names.h"
#include "firmware/configuration/faults.h"
#include "firmware/configuration/internet/keys.h"
#include "firmware/configuration/keys.h"
#include "firmware/lint/rules.h"

namespace vmodem::app {
namespace {

// What a screen has room for; the options' own words are longer.
struct UsualOption {
  std::string_view name;
  std::string_view words;
};
constexpr UsualOption kUsualOptions[] = {
    {"--link", "Keep a symbolic link to the port at PATH"},
    {"--model", "Be this module (default BG95-M3)"},
    {"--route", "Lead a name or address to ADDRESS:PORT"},
    {"--network", "Reach loopback only (default), or all"},
    {"--config", "Read keys from a TOML file first"},
    {"--set", "Set a key; may be repeated"},
    {"--fault", "Let something go wrong; may be repeated"},
    {"--clock", "How time passes (default real)"},
    {"--state", "Keep settings and files in DIR"},
    {"--control", "Listen for vmodemctl at unix:PATH"},
    {"--log-level", "trace, debug, info, warning (default) …"},
};

constexpr std::string_view kWhereTheRestIs =
    "\nMore:\n"
    "  --help options  the other options\n"
    "  --help keys     the keys of --set and of the file of --config\n"
    "  --help verbs    the verbs of --fault and of scenario files\n"
    "  --help KEY      one key, section or verb, as --help dialect.nstart\n"
    "\n"
    "Exit status: 0 ended by SIGINT, SIGTERM or SIGHUP; 1 failed while running;\n"
    "2 refused the command line or the file; 3 --lint=error found something.\n";

constexpr std::string_view kWhenTheyHappen =
    "WHEN is a time as 12s; command, urc, uplink or downlink; AT and what a command line begins\n"
    "with; or what a URC begins with. Behind an event #N counts it, #* takes each, and +5s\n"
    "waits: AT+QCOAPSEND#2+5s. Without WHEN the fault is there from the start.\n";

std::string call_of(const OptionInfo& option) {
  return fmt::format("{}{}{}", option.name, option.value_name.empty() ? "" : " ",
                     option.value_name);
}

template <class Owner>
std::string entry_of(const KeyOf<Owner>& key, std::string_view prefix, std::string_view value) {
  return fmt::format("  {}{}{}{}\n      {} Allowed: {}.\n", prefix, key.name,
                     value.empty() ? "" : " = ", value, key.comment, key.allowed());
}

// `topic` names the key or its section; empty: each.
bool is_on(std::string_view topic, std::string_view name) {
  return topic.empty() || name == topic ||
         (name.starts_with(topic) && name.substr(topic.size()).starts_with('.'));
}

template <class Owner>
void describe(std::string& text, std::span<const KeyOf<Owner>> keys, std::string_view prefix) {
  for (const auto& key : keys) text += entry_of(key, prefix, "");
}

std::string keys_text(std::string_view topic) {
  const Config defaults;
  std::string text;
  for (const auto& key : config_keys()) {
    if (is_on(topic, key.name)) text += entry_of(key, "", value_text(key, defaults));
  }
  if (is_on(topic, "routes")) text += "  routes.FROM = TO\n      What --route FROM=TO says.\n";
  if (is_on(topic, "servers")) {
    describe(text, server_keys(), "servers.NAME.");
    describe(text, answer_keys(), "servers.NAME.answer.");
    describe(text, resource_keys(), "servers.NAME.resources.PATH.");
  }
  if (is_on(topic, "hosts")) describe(text, host_keys(), "hosts.NAME.");
  return text;
}

std::string rules_text() {
  std::string text;
  for (const auto& rule : lint::rules()) {
    text += fmt::format("  {} ({})\n      {}\n      Cure: {}.\n", rule.name, rule.clause, rule.what,
                        rule.cure);
  }
  return text;
}

ConfigError unknown_topic(std::string_view topic) {
  std::vector<std::string_view> names{"options", "keys", "verbs", "routes", "servers", "hosts"};
  for (const auto& key : config_keys()) names.push_back(key.name);
  for (const auto& verb : testbed::verbs()) names.push_back(verb.name);
  return {fmt::format("--help {}", topic),
          fmt::format("no such topic{}", did_you_mean(topic, names)),
          "options, keys, verbs, or the name of a key or verb"};
}

}  // namespace

std::string help_text(std::span<const OptionInfo> options) {
  std::string text =
      "A virtual Quectel BG95 with the AT CoAP command set, on a pseudo-terminal.\n\n"
      "Usage: vmodem [OPTION]…\n\n";
  for (const auto& [name, words] : kUsualOptions) {
    const auto option = std::ranges::find(options, name, &OptionInfo::name);
    BG_CHECK(option != options.end(), "the table names options that are declared");
    text += fmt::format("  {:<36}{}\n", call_of(*option), words);
  }
  return text.append(kWhereTheRestIs);
}

Expected<std::string, ConfigError> help_on(std::string_view topic,
                                           std::span<const OptionInfo> options) {
  if (topic == "options") {
    std::string text;
    for (const auto& option : options) {
      text += fmt::format("  {}\n      {}.\n", call_of(option), option.help);
    }
    return text;
  }
  if (topic == "keys") return keys_text("");
  if (topic == "lint") return keys_text(topic) + "\nRules:\n" + rules_text();
  if (topic == "verbs") return fmt::format("{}\n{}", describe_verbs(), kWhenTheyHappen);
  if (const auto* verb = testbed::find_verb(topic)) return describe_verb(*verb);
  auto text = keys_text(topic);
  if (topic.empty() || text.empty()) return unexpected(unknown_topic(topic));
  return text;
}

}  // namespace vmodem::app
