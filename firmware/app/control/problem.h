// Why a request is not answered as it wishes: a problem document (RFC 9457).
#pragma once

#include <string>
#include <string_view>

#include "firmware/app/http/http.h"

namespace vmodem::app {

struct Problem {
  int status;
  std::string_view title;
  std::string detail;
  std::string_view field = {};  // what of the request is wrong; empty: nothing in particular
  std::string right = {};       // what would be right
};

[[nodiscard]] HttpAnswer to_answer(const Problem& problem);
// An answer that no cache keeps and no browser takes for something else.
[[nodiscard]] HttpAnswer make_answer(int status, std::string_view content_type, std::string body);

}  // namespace vmodem::app
