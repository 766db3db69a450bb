#include "firmware/app/control/problem.h"

namespace vmodem::app {

HttpAnswer to_answer(const control::Problem& problem) {
  return make_answer(problem.status, "application/problem+json", to_json(problem));
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
