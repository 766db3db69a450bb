// Answers as the transport gives them.
#pragma once

#include <string>
#include <string_view>

#include "firmware/app/http/http.h"
#include "firmware/control/schema/problem.h"

namespace vmodem::app {

[[nodiscard]] HttpAnswer to_answer(const control::Problem& problem);
// An answer that no cache keeps and no browser takes for something else.
[[nodiscard]] HttpAnswer make_answer(int status, std::string_view content_type, std::string body);

}  // namespace vmodem::app
