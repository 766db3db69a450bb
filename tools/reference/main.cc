// Prints docs/at_commands.md from the command table and, asked for "configuration",
// docs/configuration.md from the key table, so that neither can drift from the parser.
#include <fmt/format.h>

#include <cstdio>
#include <string>

#include "firmware/base/check.h"
#include "firmware/commands/commands.h"
#include "tools/reference/configuration.h"

namespace {

using namespace vmodem;

std::string_view describe(at::Evidence evidence) {
  switch (evidence) {
    case at::Evidence::kCaptured:
      return "captured from a module";
    case at::Evidence::kDocumented:
      return "documented";
    case at::Evidence::kHosts:
      return "seen in host software";
    case at::Evidence::kStandard:
      return "standard";
    case at::Evidence::kInferred:
      return "inferred";
  }
  BG_CHECK(false, "every kind of evidence has its words");
  return {};
}

bool is_extended(const at::CommandSpec& spec) { return spec.name.starts_with('+'); }

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
    return fmt::format("{}",
                       fmt::join(param.words.begin(), param.words.begin() + param.word_count, ", "));
  }
  if (param.kind == at::ParamKind::kText) {
    return fmt::format("{}–{} octets", param.size_min, param.size_max);
  }
  if (param.list_size == 0) return fmt::format("{}–{}", param.min, param.max);
  return fmt::format("{}", fmt::join(param.list.begin(), param.list.begin() + param.list_size, ", "));
}

std::string parameters(const at::CommandSpec& spec) {
  std::string text;
  for (const auto* param : spec.write) {
    text += fmt::format("{}`{}` {}", text.empty() ? "" : "<br>", param->name, range(*param));
  }
  return text.empty() ? "–" : text;
}

std::string response_time(Duration time) {
  const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
  if (milliseconds % 1000 != 0) return fmt::format("{} ms", milliseconds);
  return fmt::format("{} s", milliseconds / 1000);
}

void print_family(const firmware::CommandFamily& family) {
  fmt::print("\n## {}\n\n", family.title);
  fmt::print("| what | forms | parameters | at most | source | evidence |\n");
  fmt::print("|---|---|---|---|---|---|\n");
  for (const auto& spec : family.rows) {
    fmt::print("| {} | {} | {} | {} | {} | {} |\n", spec.summary, forms(spec), parameters(spec),
               response_time(spec.response_time_max), spec.source, describe(spec.evidence));
  }
}

void print_commands() {
  fmt::print("# AT commands\n\n");
  fmt::print("Printed by `build/release/bin/vmodem-reference` from the tables that the parser uses. "
             "Edit those, not this file.\n\n");
  fmt::print("\"At most\" is the documented maximum response time of the module; vmodem answers at "
             "once. \"Evidence\" says how sure a row is.\n");
  for (const auto& family : firmware::command_families()) print_family(family);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view page = argc > 1 ? argv[1] : "commands";
  if (page == "commands") {
    print_commands();
    return 0;
  }
  if (page == "configuration") {
    reference::print_configuration();
    return 0;
  }
  fmt::print(stderr, "usage: vmodem-reference [commands|configuration]\n");
  return 2;
}
