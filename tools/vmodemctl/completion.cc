#include "tools/vmodemctl/completion.h"

#include <fmt/format.h>

#include <vector>

#include "tools/vmodemctl/subcommands.h"

namespace vmodem::ctl {
namespace {

// The modem that VMODEM_CONTROL or XDG_RUNTIME_DIR leads to knows them.
constexpr std::string_view kAskForVerbs = "$(vmodemctl verbs --names 2>/dev/null)";
constexpr std::string_view kAskForVerbsInFish = "(vmodemctl verbs --names 2>/dev/null)";

std::vector<std::string> options_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const auto* option : app.get_options()) {
    if (!option->get_lnames().empty()) names.push_back("--" + option->get_lnames().front());
  }
  return names;
}

// What may stand behind the subcommand.
std::string words_behind(const Subcommand& subcommand, const CLI::App& app,
                         std::string_view ask_for_verbs) {
  std::vector<std::string> words(subcommand.words.begin(), subcommand.words.end());
  for (auto& name : options_of(*app.get_subcommand(std::string(subcommand.name)))) {
    words.push_back(std::move(name));
  }
  auto text = fmt::format("{}", fmt::join(words, " "));
  if (subcommand.name == "do") text += fmt::format(" {}", ask_for_verbs);
  return text;
}

std::string names() {
  std::string text;
  for (const auto& subcommand : subcommands()) {
    text += fmt::format("{}{}", text.empty() ? "" : " ", subcommand.name);
  }
  return text;
}

std::string bash(const CLI::App& app) {
  std::string cases;
  for (const auto& subcommand : subcommands()) {
    cases += fmt::format("    {}) words=\"{}\" ;;\n", subcommand.name,
                         words_behind(subcommand, app, kAskForVerbs));
  }
  return fmt::format(R"(_vmodemctl() {{
  local current="${{COMP_WORDS[COMP_CWORD]}}" subcommand="" word words
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case " {0} " in *" $word "*) subcommand="$word"; break ;; esac
  done
  case "$subcommand" in
    "") words="{0}" ;;
{1}  esac
  mapfile -t COMPREPLY < <(compgen -W "$words {2}" -- "$current")
  [[ ${{#COMPREPLY[@]}} -gt 0 ]] || mapfile -t COMPREPLY < <(compgen -f -- "$current")
}}
complete -F _vmodemctl vmodemctl
)",
                     names(), cases, fmt::join(options_of(app), " "));
}

std::string zsh(const CLI::App& app) {
  std::string described;
  std::string cases;
  for (const auto& subcommand : subcommands()) {
    described += fmt::format("    '{}:{}'\n", subcommand.name, subcommand.help);
    cases += fmt::format("    {}) compadd -- ${{=:-{}}} ;;\n", subcommand.name,
                         words_behind(subcommand, app, kAskForVerbs));
  }
  return fmt::format(R"(#compdef vmodemctl
_vmodemctl() {{
  local -a subcommands=(
{0})
  local word subcommand=""
  for word in "${{(@)words[2,CURRENT-1]}}"; do
    if (( ${{subcommands[(I)$word:*]}} )); then subcommand=$word; break; fi
  done
  compadd -- {2}
  case $subcommand in
    "") _describe subcommand subcommands ;;
{1}  esac
  _files
}}
compdef _vmodemctl vmodemctl
)",
                     described, cases, fmt::join(options_of(app), " "));
}

std::string fish(const CLI::App& app) {
  std::string text;
  for (const auto& name : options_of(app)) {
    text += fmt::format("complete -c vmodemctl -l {}\n", name.substr(2));
  }
  for (const auto& subcommand : subcommands()) {
    text += fmt::format(
        "complete -c vmodemctl -n '__fish_use_subcommand' -a {} -d '{}'\n"
        "complete -c vmodemctl -n '__fish_seen_subcommand_from {}' -a '{}'\n",
        subcommand.name, subcommand.help, subcommand.name,
        words_behind(subcommand, app, kAskForVerbsInFish));
  }
  return text;
}

}  // namespace

std::optional<std::string> completion(std::string_view shell, const CLI::App& app) {
  if (shell == "bash") return bash(app);
  if (shell == "zsh") return zsh(app);
  if (shell == "fish") return fish(app);
  return std::nullopt;
}

}  // namespace vmodem::ctl
