#include "firmware/app/control/gate.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "at_engine/text.h"
#include "firmware/app/control/problem.h"
#include "net/endpoint.h"

namespace vmodem::app {
namespace {

constexpr std::string_view kBearer = "bearer ";

// "localhost", "127.0.0.1:8080", "[::1]".
bool is_loopback_host(std::string_view host) {
  const auto bracket = host.rfind(']');
  const auto colon = host.rfind(':');
  if (colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket)) {
    host = host.substr(0, colon);
  }
  if (at::equals_ignoring_case(host, "localhost")) return true;
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  const auto address = net::parse_ip_address(host);
  return address && address->is_loopback();
}

bool equals_secretly(std::string_view given, std::string_view secret) {
  unsigned difference = given.size() == secret.size() ? 0 : 1;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const auto octet = static_cast<unsigned char>(secret[i % secret.size()]);
    difference |= static_cast<unsigned>(static_cast<unsigned char>(given[i]) ^ octet);
  }
  return difference == 0;
}

}  // namespace

std::optional<HttpAnswer> Gate::refuse_body(const HttpHead& head) {
  if (has_field(head, "Transfer-Encoding")) {
    return to_answer({411, "a body comes with its Content-Length"});
  }
  const auto text = find_field(head, "Content-Length");
  if (!text && !has_field(head, "Content-Length")) return std::nullopt;
  std::uint64_t size = 0;
  const auto digits = text.value_or("");
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), size);
  const bool is_number = error == std::errc{} && end == digits.data() + digits.size();
  if (!is_number && error != std::errc::result_out_of_range) {
    return to_answer({400, "Content-Length is no number", "Content-Length"});
  }
  if (is_number && size <= kHttpBodySizeMax) return std::nullopt;
  return to_answer(
      {413, fmt::format("a body has at most {} octets", kHttpBodySizeMax)});
}

std::optional<std::string_view> find_field(const HttpHead& head, std::string_view name) {
  std::optional<std::string_view> value;
  for (const auto& field : head.fields) {
    if (!at::equals_ignoring_case(field.name, name)) continue;
    if (value) return std::nullopt;
    value = field.value;
  }
  return value;
}

bool has_field(const HttpHead& head, std::string_view name) {
  return std::ranges::any_of(
      head.fields, [&](const HttpField& field) { return at::equals_ignoring_case(field.name, name); });
}

std::optional<HttpAnswer> Gate::refuse(const HttpHead& head) const {
  if (auto refusal = refuse_stranger(head)) return refusal;
  if (auto refusal = refuse_token(head)) return refusal;
  return refuse_body(head);
}

std::optional<HttpAnswer> Gate::refuse_stranger(const HttpHead& head) const {
  if (auto refusal = refuse_host(head)) return refusal;
  return refuse_origin(head);
}

bool Gate::is_word(std::string_view given) const {
  return !token_.empty() && equals_secretly(given, token_);
}

// A name that an attacker has led to 127.0.0.1 makes a browser take this for the attacker's site.
std::optional<HttpAnswer> Gate::refuse_host(const HttpHead& head) const {
  if (has_name_) return std::nullopt;
  const auto host = find_field(head, "Host");
  if (host && is_loopback_host(*host)) return std::nullopt;
  return to_answer(
      {403, "the Host is not of loopback", "Host", "localhost, 127.0.0.1 or [::1]"});
}

std::optional<HttpAnswer> Gate::refuse_origin(const HttpHead& head) const {
  if (!has_field(head, "Origin")) return std::nullopt;
  const auto origin = find_field(head, "Origin");
  const auto host = find_field(head, "Host");
  const bool is_own =
      !has_name_ && origin && host && at::equals_ignoring_case(*origin, fmt::format("http://{}", *host));
  if (is_own) return std::nullopt;
  return to_answer({403, "pages of another origin may not ask", "Origin"});
}

std::optional<HttpAnswer> Gate::refuse_token(const HttpHead& head) const {
  if (token_.empty()) return std::nullopt;
  const auto given = find_field(head, "Authorization").value_or("");
  const bool is_bearer = at::equals_ignoring_case(given.substr(0, kBearer.size()), kBearer);
  if (is_bearer && is_word(given.substr(kBearer.size()))) return std::nullopt;
  auto answer = to_answer({401, "the token of --control-token is asked for",
                           "Authorization", "Bearer TOKEN"});
  answer.fields.emplace_back("WWW-Authenticate", "Bearer realm=\"vmodem\"");
  return answer;
}

}  // namespace vmodem::app
