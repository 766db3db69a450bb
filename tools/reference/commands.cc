#include "tools/reference/commands.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "at_engine/line_facts.h"
#include "firmware/base/check.h"
#include "firmware/commands/families.h"
#include "tools/reference/fresh_module.h"

namespace vmodem::reference {
namespace {

// Of a capture there is a name (quectel-at.md §0).
std::string_view capture_in(std::string_view source) {
  const auto begin = source.find("LOG-");
  BG_CHECK(begin != std::string_view::npos, "a captured row names its capture");
  return source.substr(begin);
}

std::string describe_evidence(const at::CommandSpec& spec) {
  if (spec.evidence == at::Evidence::kHosts) return "seen in host software";
  const auto name = at::name(spec.evidence);
  if (spec.evidence != at::Evidence::kCaptured) return std::string(name);
  return fmt::format("{}: {}", name, capture_in(spec.source));
}

bool is_extended(const at::CommandSpec& spec) {
  return spec.name.starts_with('+');
}

// "=<clientID>[,<PDP_cid>]" with the keyword in front where there is one.
std::string write_syntax(const at::CommandSpec& spec) {
  std::string text;
  if (!spec.keyword.empty()) text = fmt::format("\"{}\"", spec.keyword);
  const auto required = spec.write.size() - spec.optional;
  for (std::size_t i = 0; i < spec.write.size(); ++i) {
    if (i >= required) text += '[';
    if (!text.empty() && text != "[") text += ',';
    text += fmt::format("<{}>", spec.write[i].name);
  }
  return text + std::string(spec.optional, ']');
}

std::string forms(const at::CommandSpec& spec) {
  std::string text;
  const auto add = [&](const std::string& form) {
    text += fmt::format("{}`AT{}{}`", text.empty() ? "" : "<br>", spec.name, form);
  };
  if (is_extended(spec)) add("=?");
  if (spec.on_read != nullptr) add("?");
  if (spec.on_write != nullptr) {
    if (!is_extended(spec)) {
      add(spec.name.starts_with('S') ? "=<n>" : "<n>");
    } else {
      add("=" + write_syntax(spec));
    }
  }
  if (spec.on_execute != nullptr) add("");
  return text;
}

std::string range(const at::Param& param) {
  if (param.word_count > 0) {
    return fmt::format(
        "{}", fmt::join(param.words.begin(), param.words.begin() + param.word_count, ", "));
  }
  if (param.kind == at::ParamKind::kText) {
    const auto size_max = param.handler_size_max != 0 ? param.handler_size_max : param.size_max;
    return fmt::format("{}–{} octets", param.size_min, size_max);
  }
  if (param.list_size == 0) return fmt::format("{}–{}", param.min, param.max);
  return fmt::format("{}",
                     fmt::join(param.list.begin(), param.list.begin() + param.list_size, ", "));
}

std::string default_of(const at::Param& param) {
  if (!param.default_text.empty()) return fmt::format(", default {}", param.default_text);
  return param.default_number ? fmt::format(", default {}", *param.default_number) : std::string();
}

std::string parameters(const at::CommandSpec& spec) {
  std::string text;
  for (const auto* param : spec.write) {
    text += fmt::format("{}`{}` {}{}", text.empty() ? "" : "<br>", param->name, range(*param),
                        default_of(*param));
  }
  return text.empty() ? "–" : text;
}

std::string response_time(Duration time) {
  const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
  if (milliseconds % 1000 != 0) return fmt::format("{} ms", milliseconds);
  return fmt::format("{} s", milliseconds / 1000);
}

// As code; a bar would end the cell.
std::string cell(const Answer& answer) {
  if (!answer) return "–";
  if (answer->empty()) return "`OK`";
  std::string text;
  for (const auto& line : *answer) {
    text += text.empty() ? "`" : "<br>`";
    for (const char c : line) {
      if (c == '|') text += '\\';
      text += c;
    }
    text += '`';
  }
  return text;
}

void print_family(const firmware::CommandFamily& family) {
  fmt::print("\n## {}\n\n", family.title);
  fmt::print("| what | forms | parameters | answer to `=?` | a new module | at most | source | ");
  fmt::print("evidence |\n");
  fmt::print("|---|---|---|---|---|---|---|---|\n");
  for (const auto& spec : family.rows) {
    fmt::print("| {} | {} | {} | {} | {} | {} | {} | {} |\n", spec.summary, forms(spec),
               parameters(spec), cell(test_answer(spec)), cell(current_values(spec)),
               response_time(spec.response_time_max), spec.source, describe_evidence(spec));
  }
}

constexpr const char* kIntroduction = R"(# AT commands

Printed by `build/release/bin/vmodem-reference` from the tables that the parser uses. Edit those,
not this file.

What stands in brackets may be left out. Then a parameter with a default takes it; any other one
keeps its value, is empty, or makes the form a question. A missing number of a basic command, as in
`ATE`, is 0 (V.250 §5.3.1).

The answers are those of a BG95-M3 that has just booted with the defaults of
[configuration.md](configuration.md) and has heard nothing yet; the generator asks the modem itself.
"Answer to `=?`" is, of a command with tags, the line of that tag; the lines that firmware 01.011
has not got are those of `identity.later_firmware`. "A new module" is what the read form, the tag
alone or the execution tells: the factory value of what can be set. A basic command without a read
form has its value in `AT&V`. "–" stands where nothing can be asked, or the answer is an error.

"At most" is the documented maximum response time of the module; vmodem answers at once. "Evidence"
says how sure a row is.
)";

}  // namespace

void print_commands() {
  fmt::print("{}", kIntroduction);
  for (const auto& family : firmware::command_families()) print_family(family);
}

}  // namespace vmodem::reference
