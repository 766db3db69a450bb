#include "net/routes.h"

#include <fmt/format.h>

#include <algorithm>

namespace vmodem::net {
namespace {

constexpr std::string_view kSourceForm =
    "a name or an address with or without a port, as coap.me, coap.me:5683, 220.180.239.212:8028 "
    "or "
    "[2001:db8::1]:5683";
constexpr std::string_view kRouteForm =
    "FROM=TO, as 220.180.239.212:8028=127.0.0.1:5683 or coap.me=[::1]:5683";
constexpr std::size_t kNameSizeMax = 255;  // the most that AT+QCOAPOPEN takes

// ASCII only: the C library's tolower() depends on the locale.
char to_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string canonical_host(std::string_view host) {
  if (const auto address = parse_ip_address(host)) return to_string(*address);

  std::string name(host);
  std::ranges::transform(name, name.begin(), to_lower);
  return name;
}

bool is_name(std::string_view text) {
  const auto is_name_char = [](char c) {
    return c > ' ' && c != 0x7F && std::string_view(":=[]\"").find(c) == std::string_view::npos;
  };
  // RFC 1123 §2.1: what is all digits and dots can only be a mistyped address.
  const bool is_numeric = text.find_first_not_of("0123456789.") == std::string_view::npos;
  return !text.empty() && text.size() <= kNameSizeMax && !is_numeric &&
         std::ranges::all_of(text, is_name_char);
}

bool has_two_colons(std::string_view text) {
  return std::ranges::count(text, ':') >= 2;
}

SyntaxError not_a_source(std::string_view text, std::string_view why) {
  return {fmt::format("\"{}\" {}", text, why), std::string(kSourceForm)};
}

struct HostAndPort {
  std::string_view host;
  std::optional<std::string_view> port;
};

// RFC 3986 §3.2.2: brackets part an IPv6 address from its port; without them all of it is address.
HostAndPort split_port(std::string_view text) {
  if (text.starts_with('[')) {
    const auto close = text.find(']');
    if (close == std::string_view::npos) return {text, std::nullopt};
    const auto host = text.substr(1, close - 1);
    if (close + 1 == text.size()) return {host, std::nullopt};
    if (text[close + 1] == ':') return {host, text.substr(close + 2)};
    return {text, std::nullopt};
  }
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos || has_two_colons(text)) return {text, std::nullopt};
  return {text.substr(0, colon), text.substr(colon + 1)};
}

}  // namespace

Expected<Routes::Source, SyntaxError> Routes::parse_source(std::string_view text) {
  const auto [host, port_text] = split_port(text);
  const auto address = parse_ip_address(host);
  const bool is_bracketed = text.starts_with('[');
  const bool is_good_address = address && (!is_bracketed || has_two_colons(host));
  if (!is_good_address && (is_bracketed || !is_name(host))) {
    return unexpected(not_a_source(text, "is neither a name nor an address"));
  }
  Source source{canonical_host(host), std::nullopt};
  if (!port_text) return source;

  source.port = parse_port(*port_text);
  if (!source.port) return unexpected(not_a_source(text, "does not end in a port of 1–65535"));
  return source;
}

Expected<void, SyntaxError> Routes::add(std::string_view from, std::string_view to) {
  auto source = parse_source(from);
  if (!source) return unexpected(std::move(source.error()));

  auto target = parse_endpoint(to);
  if (!target) return unexpected(std::move(target.error()));

  routes_.insert_or_assign(std::move(*source), *target);
  return {};
}

Expected<void, SyntaxError> Routes::add(std::string_view text) {
  const auto equals = text.find('=');
  if (equals == std::string_view::npos) {
    return unexpected(
        SyntaxError{fmt::format("\"{}\" has no \"=\"", text), std::string(kRouteForm)});
  }
  return add(text.substr(0, equals), text.substr(equals + 1));
}

std::optional<Endpoint> Routes::find(std::string_view host, std::uint16_t port) const {
  if (routes_.empty()) return std::nullopt;

  const auto name = canonical_host(host);
  if (const auto exact = find(Source{name, port})) return exact;
  return find(Source{name, std::nullopt});
}

bool Routes::has(std::string_view from) const {
  const auto source = parse_source(from);
  return source && find(*source);
}

std::optional<Endpoint> Routes::find(const Source& from) const {
  const auto it = routes_.find(from);
  if (it == routes_.end()) return std::nullopt;
  return it->second;
}

}  // namespace vmodem::net
