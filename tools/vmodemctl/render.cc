#include "tools/vmodemctl/render.h"

#include <fmt/format.h>

namespace vmodem::ctl {
namespace {

constexpr std::size_t kIndent = 2;

// Texts without quotes.
std::string plain(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_null()) return "-";
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

bool is_flat(const Json& value) {
  if (!value.is_structured()) return true;
  for (const auto& element : value) {
    if (element.is_structured()) return false;
  }
  return value.is_array();
}

std::string flat_list(const Json& list) {
  std::string text;
  for (const auto& element : list) text += (text.empty() ? "" : ", ") + plain(element);
  return text.empty() ? "-" : text;
}

void append_tree(std::string& text, const Json& value, std::size_t depth);

void append_member(std::string& text, std::string_view name, const Json& value, std::size_t depth) {
  text += fmt::format("{:{}}{}", "", depth * kIndent, name);
  if (is_flat(value)) {
    text += fmt::format(": {}\n", value.is_array() ? flat_list(value) : plain(value));
    return;
  }
  text += value.empty() ? ": -\n" : "\n";
  append_tree(text, value, depth + 1);
}

void append_tree(std::string& text, const Json& value, std::size_t depth) {
  if (value.is_object()) {
    for (const auto& [name, member] : value.items()) append_member(text, name, member, depth);
    return;
  }
  for (const auto& element : value) {
    if (element.is_structured()) {
      text += fmt::format("{:{}}-\n", "", depth * kIndent);
      append_tree(text, element, depth + 1);
    } else {
      text += fmt::format("{:{}}{}\n", "", depth * kIndent, plain(element));
    }
  }
}

std::string tree(const Json& answer) {
  if (!answer.is_structured()) return plain(answer) + "\n";
  std::string text;
  append_tree(text, answer, 0);
  return text.empty() ? "-\n" : text;
}

std::string entries(const Json& list) {
  std::string text;
  for (const auto& entry : list) text += render_entry(entry);
  return text;
}

std::string verb_list(const Json& answer) {
  std::string text;
  for (const auto& verb : answer.at("verbs")) {
    std::string form = verb.at("name");
    for (const auto& argument : verb.at("arguments")) {
      const auto name = plain(argument.at("name"));
      form += argument.at("is_optional").get<bool>() ? fmt::format(" [{}]", name) : " " + name;
    }
    text += fmt::format("  {}\n      {}\n", form, plain(verb.at("help")));
  }
  return text;
}

std::string verb_names(const Json& answer) {
  std::string text;
  for (const auto& verb : answer.at("verbs")) text += plain(verb.at("name")) + "\n";
  return text;
}

std::string verdict(const Json& answer) {
  if (answer.at("ok").get<bool>()) {
    return fmt::format("true: entries {}\n", flat_list(answer.at("matches")));
  }
  auto text = fmt::format("false: entries {}\n", flat_list(answer.at("matches")));
  const auto nearest = answer.find("nearest");
  if (nearest == answer.end()) return text;
  for (const auto& miss : *nearest) {
    const auto entry = miss.find("entry");
    text += fmt::format("  #{} differs in {}\n", plain(miss.at("number")),
                        flat_list(miss.at("differs")));
    if (entry != miss.end()) text += "  " + render_entry(*entry);
  }
  return text;
}

}  // namespace

std::string render(Form form, const Json& answer) {
  switch (form) {
    case Form::kEvents:
      return entries(answer);
    case Form::kWhy:
      return plain(answer.at("text"));
    case Form::kVerbs:
      return verb_list(answer);
    case Form::kVerbNames:
      return verb_names(answer);
    case Form::kVerdict:
      return verdict(answer);
    case Form::kRequests:
      return entries(answer.at("requests"));
    case Form::kLink:
      return answer.at("link").get<std::string>() + "\n";
    case Form::kTree:
      break;
  }
  return tree(answer);
}

std::string render_entry(const Json& entry) {
  const auto kind = entry.value("kind", std::string());
  if (kind == "lost")
    return fmt::format("{:>12}  {} entries are lost\n", "", plain(entry["count"]));
  auto text =
      fmt::format("{:>12.6f}  #{}  {}", entry.value("at", 0.0), plain(entry["number"]), kind);
  for (const auto& [name, value] : entry.items()) {
    const bool is_head =
        name == "number" || name == "at" || name == "because" || name == "kind" || name == "wall";
    if (!is_head && !value.is_null()) text += fmt::format("  {}={}", name, plain(value));
  }
  return text + "\n";
}

std::string render_problem(const Json& problem) {
  auto text = plain(problem.value("detail", problem.value("title", Json("refused"))));
  if (problem.contains("field")) text += fmt::format(" ({})", plain(problem["field"]));
  if (problem.contains("right")) text += fmt::format("; right: {}", plain(problem["right"]));
  return text;
}

}  // namespace vmodem::ctl
