// What a survey has found, for vmodem, for people and for programs.
#pragma once

#include <string>

#include "tools/conform/survey/survey.h"

namespace vmodem::conform {

// A file for vmodem --config: each switch with its value, or as a comment where none was found.
[[nodiscard]] std::string dialect_file(const SurveyResult& result);
// Several lines, each with its line end.
[[nodiscard]] std::string survey_text(const SurveyResult& result);
// One line of JSON.
[[nodiscard]] std::string survey_json(const SurveyResult& result);

}  // namespace vmodem::conform
