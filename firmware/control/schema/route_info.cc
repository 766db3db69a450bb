#include "firmware/control/schema/route_info.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

namespace vmodem::control {
namespace {

using nlohmann::json;

constexpr Member kProblemMembers[] = {
    member("type", MemberType::kText, "about:blank: the title says it"),
    member("title", MemberType::kText, "of the status"),
    member("status", MemberType::kInteger),
    member("detail", MemberType::kText, "what is wrong"),
};

json problem_schema() {
  auto schema = schema_of({"Problem", "Why a request was not done (RFC 9457).", kProblemMembers},
                          Use::kAnswer);
  schema["properties"]["field"] = {{"type", "string"}, {"description", "which is wrong"}};
  schema["properties"]["right"] = {{"type", "string"}, {"description", "what would be right"}};
  return schema;
}

json content_of(std::string_view type, json schema) {
  return {{std::string(type), {{"schema", std::move(schema)}}}};
}

json reference_to(std::string_view schema) {
  return {{"$ref", fmt::format("#/components/schemas/{}", schema)}};
}

json answer_schema(const RouteInfo& route) {
  if (route.answer_type != "application/json") return {{"type", "string"}};
  if (route.answer == nullptr) return {{"type", "object"}};
  auto schema = reference_to(route.answer->name);
  if (!route.is_answer_list) return schema;
  return {{"type", "array"}, {"items", std::move(schema)}};
}

// The names in braces.
std::vector<std::string> parameters_of(std::string_view path) {
  std::vector<std::string> names;
  while (true) {
    const auto begin = path.find('{');
    if (begin == std::string_view::npos) return names;
    const auto end = path.find('}', begin);
    names.emplace_back(path.substr(begin + 1, end - begin - 1));
    path.remove_prefix(end);
  }
}

json parameters_schema(const RouteInfo& route) {
  json parameters = json::array();
  for (const auto& name : parameters_of(route.path)) {
    parameters.push_back(
        {{"name", name}, {"in", "path"}, {"required", true}, {"schema", {{"type", "string"}}}});
  }
  for (const auto& query : route.query) {
    auto schema = schema_of_type({.name = query.name, .type = query.type});
    parameters.push_back({{"name", query.name},
                          {"in", "query"},
                          {"description", query.help},
                          {"schema", std::move(schema)}});
  }
  return parameters;
}

json operation_of(const RouteInfo& route) {
  json responses;
  responses["200"] = {{"description", "done"},
                      {"content", content_of(route.answer_type, answer_schema(route))}};
  for (const auto status : route.problems) {
    responses[std::to_string(status)] = {
        {"description", title_of(status)},
        {"content", content_of("application/problem+json", reference_to("Problem"))}};
  }
  json operation{{"summary", route.summary},
                 {"parameters", parameters_schema(route)},
                 {"responses", std::move(responses)}};
  if (route.body != nullptr) {
    operation["requestBody"] = {
        {"required", true},
        {"content", content_of("application/json", reference_to(route.body->name))}};
  }
  return operation;
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return result;
}

// Each shape that is referred to, once.
using Shapes = std::map<std::string_view, std::pair<const Shape*, Use>>;
void collect(const Shape* shape, Use use, Shapes& shapes) {
  if (shape == nullptr || !shapes.emplace(shape->name, std::pair{shape, use}).second) return;
  for (const auto& member : shape->members) collect(member.shape, use, shapes);
}
Shapes shapes_of(std::span<const RouteInfo> routes) {
  Shapes shapes;
  for (const auto& route : routes) {
    collect(route.body, Use::kBody, shapes);
    collect(route.answer, Use::kAnswer, shapes);
  }
  return shapes;
}

std::string type_text(const Member& member) {
  auto text = member.shape != nullptr
                  ? fmt::format("[{}](#{})", member.shape->name, lower(member.shape->name))
                  : allowed_values(member);
  if (member.shape != nullptr && member.is_list) text = "a list of " + text;
  if (member.is_optional) text += ", or null";
  return text;
}

std::string shape_text(const Shape& shape) {
  auto text = fmt::format("\n### {}\n\n{}\n\n| member | what it may be | |\n|---|---|---|\n",
                          shape.name, shape.help);
  for (const auto& member : shape.members) {
    text += fmt::format("| `{}` | {} | {} |\n", member.name, type_text(member), member.help);
  }
  return text;
}

std::string link_to(const Shape* shape, bool is_list = false) {
  if (shape == nullptr) return {};
  return fmt::format("{}[{}](#{})", is_list ? "a list of " : "", shape->name, lower(shape->name));
}

}  // namespace

json openapi(std::span<const RouteInfo> routes, std::string_view version) {
  json paths;
  for (const auto& route : routes) {
    paths[route.path][lower(route.method)] = operation_of(route);
  }
  json schemas;
  for (const auto& [name, entry] : shapes_of(routes)) {
    schemas[std::string(name)] = schema_of(*entry.first, entry.second);
  }
  schemas["Problem"] = problem_schema();
  return {{"openapi", "3.1.0"},
          {"info", {{"title", "The control interface of vmodem"}, {"version", version}}},
          {"paths", std::move(paths)},
          {"components", {{"schemas", std::move(schemas)}}}};
}

std::string reference(std::span<const RouteInfo> routes) {
  std::string text =
      "| request | what it does | body | answer | problems |\n|---|---|---|---|---|\n";
  for (const auto& route : routes) {
    auto path = fmt::format("`{} {}`", route.method, route.path);
    for (const auto& query : route.query) {
      path += fmt::format("<br>`?{}=` {}", query.name, query.help);
    }
    text +=
        fmt::format("| {} | {} | {} | {} | {} |\n", path, route.summary, link_to(route.body),
                    link_to(route.answer, route.is_answer_list), fmt::join(route.problems, " "));
  }
  text += "\n## What bodies and answers hold\n";
  for (const auto& [name, entry] : shapes_of(routes)) text += shape_text(*entry.first);
  return text;
}

}  // namespace vmodem::control
