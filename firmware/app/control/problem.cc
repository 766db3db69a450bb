#include "firmware/app/control/problem.h"

#include <fmt/format.h>

#include "firmware/journal/json.h"

namespace vmodem::app {
namespace {

void append_member(std::string& json, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  json += ',';
  journal::append_json_string(json, name);
  json += ':';
  journal::append_json_string(json, value);
}

}  // namespace

HttpAnswer to_answer(const Problem& problem) {
  auto json = fmt::format(R"({{"type":"about:blank","status":{})", problem.status);
  append_member(json, "title", problem.title);
  append_member(json, "detail", problem.detail);
  append_member(json, "field", problem.field);
  append_member(json, "right", problem.right);
  return make_answer(problem.status, "application/problem+json", json + "}");
}

HttpAnswer make_answer(int status, std::string_view content_type, std::string body) {
  return {status,
          {{"Content-Type", std::string(content_type)},
           {"Cache-Control", "no-store"},
           {"X-Content-Type-Options", "nosniff"}},
          std::move(body),
          nullptr};
}

}  // namespace vmodem::app
