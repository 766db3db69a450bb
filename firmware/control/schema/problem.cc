#include "firmware/control/schema/problem.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "firmware/base/printable.h"

namespace vmodem::control {
namespace {

struct Title {
  int status;
  std::string_view text;
};
constexpr Title kTitles[] = {
    {400, "Bad Request"},     {401, "Unauthorized"},       {403, "Forbidden"},
    {404, "Not Found"},       {405, "Method Not Allowed"}, {409, "Conflict"},
    {411, "Length Required"}, {413, "Content Too Large"},  {422, "Unprocessable Content"},
};

// What somebody gave stands in them, whatever it is; both ends of it are enough.
constexpr std::size_t kDetailSizeMax = 500;
constexpr std::size_t kFieldSizeMax = 200;

}  // namespace

std::string_view title_of(int status) {
  const auto* title = std::ranges::find(kTitles, status, &Title::status);
  return title == std::end(kTitles) ? "Error" : title->text;
}

std::string to_json(const Problem& problem) {
  nlohmann::json document{{"type", "about:blank"},
                          {"title", title_of(problem.status)},
                          {"status", problem.status},
                          {"detail", printable(problem.detail, kDetailSizeMax)}};
  if (!problem.field.empty()) document["field"] = printable(problem.field, kFieldSizeMax);
  if (!problem.right.empty()) document["right"] = problem.right;
  return document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace vmodem::control
