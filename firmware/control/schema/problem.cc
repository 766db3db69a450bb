#include "firmware/control/schema/problem.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace vmodem::control {
namespace {

struct Title {
  int status;
  std::string_view text;
};
constexpr Title kTitles[] = {
    {400, "Bad Request"}, {404, "Not Found"},         {405, "Method Not Allowed"},
    {409, "Conflict"},    {413, "Content Too Large"}, {422, "Unprocessable Content"},
};

}  // namespace

std::string_view title_of(int status) {
  const auto* title = std::ranges::find(kTitles, status, &Title::status);
  return title == std::end(kTitles) ? "Error" : title->text;
}

std::string to_json(const Problem& problem) {
  nlohmann::json document{{"type", "about:blank"},
                          {"title", title_of(problem.status)},
                          {"status", problem.status},
                          {"detail", problem.detail}};
  if (!problem.field.empty()) document["field"] = problem.field;
  if (!problem.right.empty()) document["right"] = problem.right;
  return document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace vmodem::control
