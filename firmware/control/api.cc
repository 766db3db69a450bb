#include "firmware/control/api.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "firmware/base/names.h"
#include "firmware/control/route.h"
#include "firmware/control/values.h"

namespace vmodem::control {
namespace {

using nlohmann::json;
using Parameters = std::map<std::string, std::string>;

// The first segment of a path and what stands behind its slash.
struct Split {
  std::string_view segment;
  std::optional<std::string_view> rest;  // nothing: it was the last
};
Split split(std::string_view path) {
  const auto slash = path.find('/');
  if (slash == std::string_view::npos) return {path, std::nullopt};
  return {path.substr(0, slash), path.substr(slash + 1)};
}

bool is_parameter(std::string_view segment) {
  return segment.starts_with('{');
}

std::string_view parameter_name(std::string_view segment) {
  return segment.substr(1, segment.size() - 2);
}

// What stands in the places of the parameters; a parameter "path" takes all that is left.
std::optional<Parameters> match(std::string_view pattern, std::string_view path) {
  Parameters parameters;
  std::optional<std::string_view> wanted(pattern);
  std::optional<std::string_view> given(path);
  while (wanted && given) {
    const auto [segment, more] = split(*wanted);
    if (segment == "{path}") {
      parameters["path"] = *given;
      return parameters;
    }
    const auto [value, rest] = split(*given);
    if (!is_parameter(segment) && segment != value) return std::nullopt;
    if (is_parameter(segment)) parameters[std::string(parameter_name(segment))] = value;
    wanted = more;
    given = rest;
  }
  if (wanted || given) return std::nullopt;
  return parameters;
}

Problem unknown_path(const std::string& path) {
  std::vector<std::string_view> paths;
  for (const auto& route : routes()) paths.push_back(route.info.path);
  return {.status = 404,
          .detail = fmt::format("there is no {}{}", path, did_you_mean(path, paths)),
          .right = "a path that GET / lists"};
}

Problem unknown_method(const Request& request, const std::vector<std::string_view>& methods) {
  return {.status = 405,
          .detail = fmt::format("{} cannot be done to {}", request.method, request.path),
          .right = fmt::format("{}", fmt::join(methods, ", "))};
}

std::optional<Problem> find_query_mistake(const RouteInfo& route, const Request& request) {
  std::vector<std::string_view> names;
  for (const auto& one : route.query) names.push_back(one.name);
  for (const auto& [name, value] : request.query) {
    const auto parameter = std::ranges::find(route.query, name, &QueryParameter::name);
    if (parameter == route.query.end()) {
      return Problem{
          .detail = fmt::format("there is no parameter \"{}\"{}", name, did_you_mean(name, names)),
          .field = name};
    }
    if (parameter->type == MemberType::kInteger && !parse_whole_number(value)) {
      return Problem{.detail = fmt::format("{} cannot be \"{}\"", name, value),
                     .field = name,
                     .right = "a whole number"};
    }
  }
  return std::nullopt;
}

Expected<json, Problem> read_body(const RouteInfo& route, const Request& request) {
  if (route.body == nullptr) return json::object();
  if (request.body.size() > Api::kBodySizeMax) {
    return unexpected(Problem{.status = 413,
                              .detail = "the body is too large",
                              .right = fmt::format("up to {} octets", Api::kBodySizeMax)});
  }
  // Without a body all is left out.
  auto body = request.body.empty() ? json::object() : json::parse(request.body, nullptr, false);
  if (body.is_discarded()) {
    return unexpected(Problem{.detail = "the body is no JSON", .right = "RFC 8259, as UTF-8"});
  }
  if (auto problem = find_mistake(body, *route.body)) return unexpected(std::move(*problem));
  return body;
}

Answer answer_to(Controlled& controlled, Instant now, const Request& request) {
  std::vector<std::string_view> methods;
  for (const auto& route : routes()) {
    const auto parameters = match(route.info.path, request.path);
    if (!parameters) continue;
    methods.push_back(route.info.method);
    if (route.info.method != request.method) continue;
    if (auto problem = find_query_mistake(route.info, request)) {
      return unexpected(std::move(*problem));
    }
    const auto body = read_body(route.info, request);
    if (!body) return unexpected(body.error());
    return route.run(controlled, {now, request, *parameters, *body});
  }
  if (methods.empty()) return unexpected(unknown_path(request.path));
  return unexpected(unknown_method(request, methods));
}

}  // namespace

std::string Call::query(const std::string& name) const {
  const auto found = request.query.find(name);
  return found == request.query.end() ? std::string() : found->second;
}

struct Api::State {
  Controlled controlled;
};

Api::Api(Subject subject) {
  testbed::Steering steering(subject.testbed);
  state_.reset(new State{{std::move(subject), steering}});
}
Api::~Api() = default;

void Api::begin_again() {
  state_->controlled.last_override = 0;
}

Response Api::handle(Instant now, const Request& request) {
  const auto answer = answer_to(state_->controlled, now, request);
  if (!answer) {
    return {.status = answer.error().status,
            .content_type = "application/problem+json",
            .body = to_json(answer.error())};
  }
  return {.status = 200,
          .content_type = "application/json",
          .body = answer->dump(-1, ' ', false, json::error_handler_t::replace)};
}

}  // namespace vmodem::control
