// Why a request was not done, as a problem document (RFC 9457).
#pragma once

#include <string>

namespace vmodem::control {

struct Problem {
  int status = 400;
  std::string detail{};  // what is wrong
  std::string field{};   // of the body or the query, as "where.path"; empty: none
  std::string right{};   // what would be right; empty: it is not known
};

// "Bad Request" (RFC 9110 §15).
[[nodiscard]] std::string_view title_of(int status);
// {type, title, status, detail, field?, right?}, the middle of long texts left out.
[[nodiscard]] std::string to_json(const Problem& problem);

}  // namespace vmodem::control
