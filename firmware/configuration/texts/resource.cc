#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "firmware/base/hex.h"
#include "firmware/base/number.h"
#include "firmware/base/text.h"
#include "firmware/configuration/texts/internet.h"
#include "firmware/configuration/texts/words.h"

namespace vmodem::app {
namespace {

constexpr std::string_view kHexPrefix = "hex:";
constexpr std::string_view kNoFormat = "none";
constexpr std::size_t kPayloadSizeMax = 65536;
constexpr std::size_t kSegmentSizeMax = 255;  // RFC 7252 §5.10, Uri-Path and Location-Path
constexpr std::size_t kPathSizeMax = 1024;

constexpr std::array<Word<coap::Code>, 5> kMethods{{
    {coap::Code::kGet, "GET"},
    {coap::Code::kPost, "POST"},
    {coap::Code::kPut, "PUT"},
    {coap::Code::kDelete, "DELETE"},
    {sim::kFetch, "FETCH"},
}};

bool is_text(const Bytes& octets) {
  return std::ranges::all_of(octets, [](std::uint8_t octet) {
    return (octet >= ' ' && octet <= '~') || octet == '\n' || octet == '\t' || octet == '\r';
  });
}

// RFC 6690 §2: what a parmname is made of, and a ptoken.
bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return c > ' ' && c <= '~' && std::string_view("\"\\,;").find(c) == std::string_view::npos;
  });
}

bool is_quotable(std::string_view text) {
  return std::ranges::all_of(text,
                             [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; });
}

}  // namespace

std::string allowed_error_code() {
  return "an error, 4.00–5.31, as 4.04";
}
bool accept_error_code(std::string& text) {
  const auto code = coap::parse_code(text);
  return code && (coap::code_class(*code) == 4 || coap::code_class(*code) == 5);
}

std::optional<coap::Code> parse_method(std::string_view text) {
  coap::Code code{};
  if (set_word(kMethods, text, code)) return code;
  const auto number = coap::parse_code(text);
  if (!number || !coap::is_request(*number)) return std::nullopt;
  return number;
}
std::string method_text(coap::Code code) {
  const auto known = std::ranges::find(kMethods, code, &Word<coap::Code>::value);
  return known == kMethods.end() ? coap::to_string(code) : std::string(known->text);
}
std::string allowed_method() {
  return "one of GET, POST, PUT, DELETE, FETCH, or a code, 0.01–0.31";
}
bool accept_method(std::string& text) {
  const auto code = parse_method(text);
  if (!code) return false;
  text = method_text(*code);
  return true;
}
std::string allowed_methods() {
  return "methods separated by \",\", each " + allowed_method();
}

std::string allowed_malformation() {
  std::string names;
  for (const auto& row : sim::malformation_names()) {
    names += fmt::format("{}{}", names.empty() ? "one of " : ", ", row.name);
  }
  return names;
}
bool accept_malformation(std::string& text) {
  const auto names = sim::malformation_names();
  return std::ranges::find(names, text, &sim::MalformationName::name) != names.end();
}
sim::Malformation malformation_of(std::string_view name) {
  const auto names = sim::malformation_names();
  return std::ranges::find(names, name, &sim::MalformationName::name)->malformation;
}
std::string malformation_text(sim::Malformation malformation) {
  const auto names = sim::malformation_names();
  return std::string(
      std::ranges::find(names, malformation, &sim::MalformationName::malformation)->name);
}

std::string allowed_payload() {
  return fmt::format("at most {} octets, as text or as hex:00FF", kPayloadSizeMax);
}
std::optional<Bytes> parse_payload(std::string_view text) {
  auto octets =
      text.starts_with(kHexPrefix) ? from_hex(text.substr(kHexPrefix.size())) : to_bytes(text);
  if (!octets || octets->size() > kPayloadSizeMax) return std::nullopt;
  return octets;
}
bool accept_payload(std::string& text) {
  return parse_payload(text).has_value();
}
std::string payload_text(const Bytes& payload) {
  const auto text = as_text(payload);
  if (is_text(payload) && !text.starts_with(kHexPrefix)) return std::string(text);
  return std::string(kHexPrefix) + to_hex_lower(payload);
}

std::string allowed_uri_path() {
  return fmt::format("a path of segments of 1–{} octets, as seg1/seg2, or nothing for the root",
                     kSegmentSizeMax);
}
bool accept_uri_path(std::string& text) {
  if (text.starts_with('/')) text.erase(0, 1);
  if (text.empty()) return true;
  if (text.size() > kPathSizeMax || text.find('\0') != std::string::npos) return false;

  std::string_view rest(text);
  for (;;) {
    const auto end = rest.find('/');
    const auto segment = rest.substr(0, end);
    if (segment.empty() || segment.size() > kSegmentSizeMax) return false;
    if (end == std::string_view::npos) return true;
    rest.remove_prefix(end + 1);
  }
}

std::string allowed_segments() {
  return fmt::format("at most 10 texts of at most {} octets", kSegmentSizeMax);
}
std::optional<std::string> parse_segment(std::string_view text) {
  if (text.size() > kSegmentSizeMax) return std::nullopt;
  return std::string(text);
}

std::string allowed_attributes() {
  return "texts NAME=VALUE or NAME=\"VALUE\", as in RFC 6690";
}
std::optional<sim::LinkAttribute> parse_attribute(std::string_view text) {
  const auto equals = text.find('=');
  if (equals == std::string_view::npos || !is_token(text.substr(0, equals))) return std::nullopt;

  sim::LinkAttribute attribute{.name = std::string(text.substr(0, equals))};
  auto value = text.substr(equals + 1);
  attribute.is_quoted = value.size() >= 2 && value.starts_with('"') && value.ends_with('"');
  if (attribute.is_quoted) value = value.substr(1, value.size() - 2);
  if (attribute.is_quoted ? !is_quotable(value) : !is_token(value)) return std::nullopt;
  attribute.value = value;
  return attribute;
}
std::string attribute_text(const sim::LinkAttribute& attribute) {
  const std::string_view quote = attribute.is_quoted ? "\"" : "";
  return fmt::format("{}={}{}{}", attribute.name, quote, attribute.value, quote);
}

std::string allowed_representations() {
  return fmt::format(
      "texts FORMAT: PAYLOAD, the content format 0–65535 or none, the payload {}; as 0: 22.5",
      allowed_payload());
}
std::optional<sim::Representation> parse_representation(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  sim::Representation representation;
  const auto format = trimmed(text.substr(0, colon));
  if (format != kNoFormat) {
    representation.content_format = parse_number<std::uint16_t>(format);
    if (!representation.content_format) return std::nullopt;
  }
  auto rest = text.substr(colon + 1);
  if (rest.starts_with(' ')) rest.remove_prefix(1);
  auto payload = parse_payload(rest);
  if (!payload) return std::nullopt;
  representation.payload = std::move(*payload);
  return representation;
}
std::string representation_text(const sim::Representation& representation) {
  const auto format = representation.content_format
                          ? fmt::format("{}", *representation.content_format)
                          : std::string(kNoFormat);
  return fmt::format("{}: {}", format, payload_text(representation.payload));
}

}  // namespace vmodem::app
