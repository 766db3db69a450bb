// What there is to be asked for, as data.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/control/schema/shape.h"

namespace vmodem::control {

struct QueryParameter {
  std::string_view name;
  MemberType type = MemberType::kInteger;
  std::string_view help;
};

struct RouteInfo {
  std::string_view method;
  std::string path;  // "/servers/{server}/resources/{path}"; the last one may hold slashes
  std::string summary;
  const Shape* body = nullptr;    // null: none
  const Shape* answer = nullptr;  // null: any object
  bool is_answer_list = false;    // of such objects
  std::string_view answer_type = "application/json";
  std::vector<int> problems{};  // the statuses besides 200
  std::vector<QueryParameter> query{};
};

// OpenAPI 3.1.
[[nodiscard]] nlohmann::json openapi(std::span<const RouteInfo> routes, std::string_view version);
// The same for people, in Markdown.
[[nodiscard]] std::string reference(std::span<const RouteInfo> routes);

}  // namespace vmodem::control
