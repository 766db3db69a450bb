#include "coap_core/message.h"

#include <fmt/format.h>

#include "firmware/base/number.h"

namespace vmodem::coap {
namespace {

constexpr std::array<std::string_view, 4> kTypeNames{"CON", "NON", "ACK", "RST"};

}  // namespace

std::string_view name(Type type) {
  return kTypeNames[static_cast<std::size_t>(type)];
}

std::optional<Type> parse_type(std::string_view text) {
  const auto* const found = std::ranges::find(kTypeNames, text);
  if (found == kTypeNames.end()) return std::nullopt;
  return static_cast<Type>(found - kTypeNames.begin());
}

std::string to_string(Code code) {
  return fmt::format("{}.{:02}", code_class(code), code_detail(code));
}

// RFC 7252 §3: a class of 3 bits and a detail of 5.
std::optional<Code> parse_code(std::string_view text) {
  if (text.size() != 4 || text[1] != '.') return std::nullopt;
  const auto number = parse_number<unsigned>(text.substr(0, 1));
  const auto detail = parse_number<unsigned>(text.substr(2));
  if (!number || !detail || *number > 7 || *detail > 31) return std::nullopt;
  return static_cast<Code>(*number << 5 | *detail);
}

std::string method_name(Code code) {
  const auto* const known = std::ranges::find(kMethods, code, &Method::code);
  return known == kMethods.end() ? to_string(code) : std::string(known->name);
}

}  // namespace vmodem::coap
