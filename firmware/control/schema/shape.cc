#include "firmware/control/schema/shape.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "firmware/base/duration_text.h"
#include "firmware/base/hex.h"
#include "firmware/base/names.h"
#include "net/endpoint.h"

namespace vmodem::control {
namespace {

using nlohmann::json;

std::string allowed_integer(const Member& member) {
  const bool has_min = member.min != INT64_MIN;
  const bool has_max = member.max != INT64_MAX;
  if (has_min && has_max) return fmt::format("a whole number, {}–{}", member.min, member.max);
  if (has_min) return fmt::format("a whole number from {}", member.min);
  return "a whole number";
}

std::string allowed_value(const Member& member) {
  switch (member.type) {
    case MemberType::kText:
      return "a text";
    case MemberType::kInteger:
      return allowed_integer(member);
    case MemberType::kNumber:
      return "a number";
    case MemberType::kTruth:
      return "true or false";
    case MemberType::kHex:
      return "an even number of hexadecimal digits, as \"0a1b\"";
    case MemberType::kDuration:
      return "a duration, as \"30s\" or \"250ms\"";
    case MemberType::kEndpoint:
      return "an address and a port, as \"198.51.100.7:5683\"";
    case MemberType::kWord:
      return fmt::format("one of {}", fmt::join(member.words, ", "));
    case MemberType::kShape:
    case MemberType::kObject:
      return "an object";
    case MemberType::kAny:
      break;
  }
  return "anything";
}

bool is_integer_of(const json& value, const Member& member) {
  if (!value.is_number_integer()) return false;
  if (value.is_number_unsigned() &&
      value.get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX)) {
    return false;
  }
  const auto number = value.get<std::int64_t>();
  return number >= member.min && number <= member.max;
}

// Of a text that holds something.
bool is_text_of(const std::string& text, const Member& member) {
  switch (member.type) {
    case MemberType::kHex:
      return from_hex(text).has_value();
    case MemberType::kDuration:
      return parse_duration(text).has_value();
    case MemberType::kEndpoint:
      return net::parse_endpoint(text).has_value();
    case MemberType::kWord:
      return std::ranges::find(member.words, text) != member.words.end();
    case MemberType::kText:
    case MemberType::kInteger:
    case MemberType::kNumber:
    case MemberType::kTruth:
    case MemberType::kShape:
    case MemberType::kObject:
    case MemberType::kAny:
      break;
  }
  return true;
}

bool fits(const json& value, const Member& member) {
  switch (member.type) {
    case MemberType::kText:
    case MemberType::kHex:
    case MemberType::kDuration:
    case MemberType::kEndpoint:
    case MemberType::kWord:
      return value.is_string() && is_text_of(value.get_ref<const std::string&>(), member);
    case MemberType::kInteger:
      return is_integer_of(value, member);
    case MemberType::kNumber:
      return value.is_number();
    case MemberType::kTruth:
      return value.is_boolean();
    case MemberType::kShape:
    case MemberType::kObject:
      return value.is_object();
    case MemberType::kAny:
      break;
  }
  return true;
}

std::optional<Problem> find_mistake_in_one(const json& value, const Member& member,
                                           const std::string& name) {
  if (!fits(value, member)) {
    auto detail = fmt::format("{} cannot be {}", name,
                              value.dump(-1, ' ', false, json::error_handler_t::replace));
    if (member.type == MemberType::kWord && value.is_string()) {
      detail += did_you_mean(value.get_ref<const std::string&>(), member.words);
    }
    return Problem{.detail = std::move(detail), .field = name, .right = allowed_value(member)};
  }
  if (member.shape == nullptr) return std::nullopt;
  return find_mistake(value, *member.shape, name + ".");
}

std::optional<Problem> find_mistake_of(const json& value, const Member& member,
                                       const std::string& name) {
  if (member.is_optional && value.is_null()) return std::nullopt;
  if (!member.is_list) return find_mistake_in_one(value, member, name);
  if (!value.is_array()) {
    return Problem{.detail = name + " is no list", .field = name, .right = allowed_values(member)};
  }
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (auto problem = find_mistake_in_one(value[i], member, fmt::format("{}[{}]", name, i))) {
      return problem;
    }
  }
  return std::nullopt;
}

std::optional<Problem> find_foreign_member(const json& value, const Shape& shape,
                                           const std::string& path) {
  std::vector<std::string_view> names;
  for (const auto& member : shape.members) names.push_back(member.name);
  for (const auto& [name, ignored] : value.items()) {
    if (std::ranges::find(names, name) != names.end()) continue;
    return Problem{
        .detail = fmt::format("there is no member \"{}\"{}", name, did_you_mean(name, names)),
        .field = path + name,
        .right = fmt::format("{}", fmt::join(names, ", "))};
  }
  return std::nullopt;
}

json schema_of_member(const Member& member) {
  auto schema = schema_of_type(member);
  if (member.is_list) schema = {{"type", "array"}, {"items", std::move(schema)}};
  if (member.is_optional && member.type != MemberType::kAny) {
    schema = {{"anyOf", json::array({{{"type", "null"}}, std::move(schema)})}};
  }
  if (!member.help.empty()) schema["description"] = member.help;
  return schema;
}

}  // namespace

json schema_of_type(const Member& member) {
  switch (member.type) {
    case MemberType::kText:
      return {{"type", "string"}};
    case MemberType::kHex:
      return {{"type", "string"}, {"pattern", "^([0-9a-fA-F]{2})*$"}};
    case MemberType::kDuration:
      return {{"type", "string"}, {"pattern", "^[0-9]+(ms|s|min|h)$"}};
    case MemberType::kEndpoint:
      return {{"type", "string"}, {"pattern", ":[0-9]+$"}};
    case MemberType::kWord:
      return {{"type", "string"},
              {"enum", std::vector<std::string_view>(member.words.begin(), member.words.end())}};
    case MemberType::kInteger: {
      json schema{{"type", "integer"}};
      if (member.min != INT64_MIN) schema["minimum"] = member.min;
      if (member.max != INT64_MAX) schema["maximum"] = member.max;
      return schema;
    }
    case MemberType::kNumber:
      return {{"type", "number"}};
    case MemberType::kTruth:
      return {{"type", "boolean"}};
    case MemberType::kShape:
      return {{"$ref", fmt::format("#/components/schemas/{}", member.shape->name)}};
    case MemberType::kObject:
      return {{"type", "object"}};
    case MemberType::kAny:
      break;
  }
  return json::object();
}

std::string allowed_values(const Member& member) {
  return member.is_list ? "a list, each " + allowed_value(member) : allowed_value(member);
}

std::optional<Problem> find_mistake(const json& value, const Shape& shape,
                                    const std::string& path) {
  if (!value.is_object()) {
    return Problem{.detail = "the body is no JSON object",
                   .right = fmt::format("an object, {}", shape.help)};
  }
  if (auto problem = find_foreign_member(value, shape, path)) return problem;
  for (const auto& member : shape.members) {
    const auto name = path + std::string(member.name);
    const auto found = value.find(member.name);
    if (found == value.end()) {
      if (member.is_optional) continue;
      return Problem{
          .detail = name + " is missing", .field = name, .right = allowed_values(member)};
    }
    if (auto problem = find_mistake_of(*found, member, name)) return problem;
  }
  return std::nullopt;
}

json schema_of(const Shape& shape, Use use) {
  json properties = json::object();
  json required = json::array();
  for (const auto& member : shape.members) {
    properties[std::string(member.name)] = schema_of_member(member);
    if (!member.is_optional || use == Use::kAnswer) required.push_back(member.name);
  }
  return {{"type", "object"},
          {"description", shape.help},
          {"properties", std::move(properties)},
          {"required", std::move(required)},
          {"additionalProperties", false}};
}

}  // namespace vmodem::control
