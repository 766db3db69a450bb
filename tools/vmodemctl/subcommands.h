// What vmodemctl can be told, as one table: --help, completion and docs are made from it.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/expected.h"
#include "tools/vmodemctl/client.h"

namespace vmodem::ctl {

using Json = nlohmann::ordered_json;

// What the options of subcommands set; each subcommand looks at its own.
struct Arguments {
  std::vector<std::string> words;  // in their order
  std::string kind;
  std::string when;
  std::vector<std::string> where;
  std::vector<std::string> lines;
  std::string server, path, method, token, client, code, payload, hex, delay, command, result;
  std::optional<std::uint64_t> since, count, min, max, times, remove;
  std::optional<std::uint16_t> content_format;
  bool follows = false, clears = false, is_silent = false, notifies = false, stops = false,
       names_only = false;
};

// How an answer is shown to a person.
enum class Form : std::uint8_t {
  kTree,
  kEvents,
  kWhy,
  kVerbs,
  kVerbNames,
  kVerdict,
  kRequests,
  kLink
};

struct Plan {
  HttpCall call;
  Form form = Form::kTree;
};

struct Subcommand {
  std::string_view name;
  std::string_view form;  // of what stands behind the name
  std::string_view help;
  // The words that its first argument may be; empty: others.
  std::span<const std::string_view> words{};
  void (*declare)(CLI::App& app, Arguments& arguments);
  // The error is what is wrong with the arguments.
  Expected<Plan, std::string> (*plan)(const Arguments& arguments);
};

[[nodiscard]] std::span<const Subcommand> subcommands();

// A verb's request, by the table of verbs as GET /verbs gives it: arguments in their order, or as
// NAME=VALUE. The error is what is wrong with the arguments.
[[nodiscard]] Expected<Plan, std::string> plan_verb(const Json& verbs, const Arguments& arguments);

}  // namespace vmodem::ctl
