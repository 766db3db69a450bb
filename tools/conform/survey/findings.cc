#include "tools/conform/survey/findings.h"

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <utility>

namespace vmodem::conform {
namespace {

using Kind = Finding::Kind;
constexpr std::array<std::string_view, 4> kKindNames{"found", "unexplained", "unanswered",
                                                     "not observable"};

std::optional<Kind> kind_named(std::string_view name) {
  for (std::size_t i = 0; i < kKindNames.size(); ++i) {
    if (kKindNames[i] == name) return static_cast<Kind>(i);
  }
  return std::nullopt;
}

std::string text_at(const nlohmann::json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<Findings> findings_of(const nlohmann::json& root) {
  if (!root.is_object() || !root.contains("switches") || !root["switches"].is_object()) {
    return std::nullopt;
  }
  Findings findings;
  for (const auto& [key, one] : root["switches"].items()) {
    const auto kind = one.is_object() ? kind_named(text_at(one, "kind")) : std::nullopt;
    if (!kind) return std::nullopt;
    findings.switches[key] = {*kind, text_at(one, "value"), text_at(one, "question"),
                              text_at(one, "answer"), text_at(one, "note")};
  }
  if (!root.contains("times_ms") || !root["times_ms"].is_object()) return findings;
  for (const auto& [name, ms] : root["times_ms"].items()) {
    if (!ms.is_number_unsigned()) return std::nullopt;
    findings.times[name] = std::chrono::milliseconds(ms.get<std::uint32_t>());
  }
  return findings;
}

nlohmann::json json_of(const Findings& findings) {
  auto switches = nlohmann::json::object();
  for (const auto& [key, one] : findings.switches) {
    switches[key] = {{"kind", name_of(one.kind)},
                     {"value", one.value},
                     {"question", one.question},
                     {"answer", one.answer},
                     {"note", one.note}};
  }
  auto times = nlohmann::json::object();
  for (const auto& [name, time] : findings.times) {
    times[name] = static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::milliseconds>(time).count());
  }
  return {{"switches", switches}, {"times_ms", times}};
}

}  // namespace

std::string_view name_of(Finding::Kind kind) {
  return kKindNames[static_cast<std::size_t>(kind)];
}

Finding found(std::string value, std::string question, std::string answer) {
  return {Kind::kFound, std::move(value), std::move(question), std::move(answer)};
}

Finding unexplained(std::string question, std::string answer, std::string would) {
  return {Kind::kUnexplained, {}, std::move(question), std::move(answer), std::move(would)};
}

Finding unanswered(std::string question, std::string why) {
  return {Kind::kUnanswered, {}, std::move(question), {}, std::move(why)};
}

Finding not_observable(std::string question, std::string why) {
  return {Kind::kNotObservable, {}, std::move(question), {}, std::move(why)};
}

Finding choose(std::string question, std::string answer, const std::vector<Choice>& choices) {
  std::string would;
  for (const auto& [value, expected] : choices) {
    if (answer == expected) return found(value, std::move(question), std::move(answer));
    would += fmt::format("{}{}: {}", would.empty() ? "" : "; ", value, expected);
  }
  return unexplained(std::move(question), std::move(answer), std::move(would));
}

const Finding* Findings::find(std::string_view key) const {
  const auto found = switches.find(key);
  return found == switches.end() ? nullptr : &found->second;
}

bool Findings::has(std::string_view key, std::string_view value) const {
  const auto* one = find(key);
  return one != nullptr && one->kind == Kind::kFound && one->value == value;
}

Expected<std::optional<Findings>, std::string> read_findings(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return std::optional<Findings>{};
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto root = nlohmann::json::parse(text, nullptr, false);
  auto findings = root.is_discarded() ? std::nullopt : findings_of(root);
  if (!findings) return unexpected(path + " is no state of a survey");
  return findings;
}

Expected<void, std::string> write_findings(const std::string& path, const Findings& findings) {
  const auto fresh = path + ".new";
  {
    std::ofstream file(fresh, std::ios::binary | std::ios::trunc);
    file << json_of(findings).dump(1, ' ', false, nlohmann::json::error_handler_t::replace) << "\n"
         << std::flush;
    if (!file) return unexpected(fresh + " cannot be written");
  }
  std::error_code error;
  std::filesystem::rename(fresh, path, error);
  if (error) return unexpected(path + " cannot be written");
  return {};
}

}  // namespace vmodem::conform
