#include "firmware/control/target.h"

#include "firmware/base/hex.h"

namespace vmodem::control {
namespace {

constexpr std::string_view kHttpScheme = "http://";

// RFC 3986 §2.1. A zero octet is in no name of ours.
std::optional<std::string> decode(std::string_view text) {
  std::string decoded;
  while (!text.empty()) {
    if (text.front() != '%') {
      decoded += text.front();
      text.remove_prefix(1);
      continue;
    }
    const auto octet = text.size() < 3 ? std::nullopt : from_hex(text.substr(1, 2));
    if (!octet || octet->front() == 0) return std::nullopt;
    decoded += static_cast<char>(octet->front());
    text.remove_prefix(3);
  }
  return decoded;
}

bool add_parameter(std::map<std::string, std::string>& query, std::string_view text) {
  if (text.empty()) return true;
  const auto equals = text.find('=');
  auto name = decode(text.substr(0, equals));
  auto value = decode(equals == std::string_view::npos ? "" : text.substr(equals + 1));
  if (!name || !value) return false;
  return query.emplace(std::move(*name), std::move(*value)).second;
}

}  // namespace

std::optional<RequestTarget> parse_target(std::string_view text) {
  if (text.starts_with(kHttpScheme)) {
    const auto slash = text.find('/', kHttpScheme.size());
    text = slash == std::string_view::npos ? "/" : text.substr(slash);
  }
  if (!text.starts_with('/')) return std::nullopt;
  const auto question = text.find('?');
  auto path = decode(text.substr(0, question));
  if (!path) return std::nullopt;
  RequestTarget target{std::move(*path), {}};
  auto rest = question == std::string_view::npos ? std::string_view() : text.substr(question + 1);
  while (!rest.empty()) {
    const auto end = rest.find('&');
    if (!add_parameter(target.query, rest.substr(0, end))) return std::nullopt;
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  }
  return target;
}

}  // namespace vmodem::control
