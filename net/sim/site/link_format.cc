#include "net/sim/site/link_format.h"

#include <fmt/format.h>

#include <algorithm>

namespace vmodem::sim {
namespace {

bool value_matches(std::string_view value, std::string_view wanted) {
  if (!wanted.ends_with('*')) return value == wanted;
  return value.starts_with(wanted.substr(0, wanted.size() - 1));
}

bool one_value_matches(std::string_view values, std::string_view wanted) {
  while (true) {
    const auto space = values.find(' ');
    if (value_matches(values.substr(0, space), wanted)) return true;
    if (space == std::string_view::npos) return false;
    values.remove_prefix(space + 1);
  }
}

// RFC 6690 §2: relation-types, and the lists of §3.1 and §3.2.
bool is_list(std::string_view name) {
  return name == "rt" || name == "if" || name == "rel";
}

}  // namespace

std::string link_description(std::string_view path, const ResourceConfig& config) {
  auto text = fmt::format("</{}>", path);
  for (const auto& attribute : config.attributes) {
    const std::string_view quote = attribute.is_quoted ? "\"" : "";
    text += fmt::format(";{}={}{}{}", attribute.name, quote, attribute.value, quote);
  }
  if (config.observe.is_offered) text += ";obs";
  return text;
}

bool link_matches(std::string_view path, const ResourceConfig& config, std::string_view query) {
  const auto equals = query.find('=');
  const auto name = query.substr(0, equals);
  const auto wanted =
      equals == std::string_view::npos ? std::string_view{} : query.substr(equals + 1);
  if (name == "href") return value_matches(fmt::format("/{}", path), wanted);

  return std::ranges::any_of(config.attributes, [&](const LinkAttribute& attribute) {
    if (attribute.name != name) return false;
    return is_list(name) ? one_value_matches(attribute.value, wanted)
                         : value_matches(attribute.value, wanted);
  });
}

}  // namespace vmodem::sim
