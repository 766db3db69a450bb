#include "tools/conform/selection.h"

#include <algorithm>

namespace vmodem::conform {

// The last '*' is where it begins again with one octet more.
bool fits(std::string_view name, std::string_view pattern) {
  std::size_t at = 0;
  std::size_t in = 0;
  auto star = std::string_view::npos;
  std::size_t behind_star = 0;
  while (at < name.size()) {
    if (in < pattern.size() && pattern[in] == '*') {
      star = in++;
      behind_star = at;
    } else if (in < pattern.size() && (pattern[in] == '?' || pattern[in] == name[at])) {
      ++in;
      ++at;
    } else if (star != std::string_view::npos) {
      in = star + 1;
      at = ++behind_star;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', in) == std::string_view::npos;
}

bool Selection::has(std::string_view name, const Script& script) const {
  const auto any = [](const auto& wanted, const auto& is_there) {
    return wanted.empty() || std::ranges::any_of(wanted, is_there);
  };
  return any(names, [&](const std::string& pattern) { return fits(name, pattern); }) &&
         any(tags,
             [&](const std::string& tag) {
               return std::ranges::find(script.tags, tag) != script.tags.end();
             }) &&
         any(clauses,
             [&](const std::string& start) {
               return std::ranges::any_of(script.clauses, [&](const std::string& clause) {
                 return clause.starts_with(start);
               });
             }) &&
         any(certainties, [&](Certainty one) { return one == script.ground.certainty; });
}

}  // namespace vmodem::conform
