#include "tools/conform/part.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <system_error>

namespace vmodem::conform {
namespace {

std::optional<std::size_t> parse_number(std::string_view text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

Expected<Part, Fault> parse_part(std::string_view text) {
  const auto slash = std::min(text.find('/'), text.size());
  const auto number = parse_number(text.substr(0, slash));
  const auto count = parse_number(text.substr(std::min(slash + 1, text.size())));
  if (!number || !count || *number < 1 || *number > *count) {
    return unexpected(
        Fault{fmt::format("'{}' is no part", text), "I/N with I from 1 to N, as 2/4"});
  }
  return Part{*number, *count};
}

std::vector<std::string> files_of(Part part, const std::vector<std::string>& files) {
  std::vector<std::string> own;
  for (std::size_t i = part.number - 1; i < files.size(); i += part.count) own.push_back(files[i]);
  return own;
}

}  // namespace vmodem::conform
