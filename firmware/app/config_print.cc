#include "firmware/app/config_print.h"

#include <fmt/format.h>

#include "firmware/base/overloaded.h"

namespace vmodem::app {
namespace {

// TOML 1.0, "String": a basic string.
std::string in_quotes(std::string_view text) {
  std::string literal = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      literal += '\\';
      literal += c;
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      literal += fmt::format("\\u{:04X}", static_cast<unsigned>(c));
    } else {
      literal += c;
    }
  }
  return literal + '"';
}

std::string list_literal(const ListKey& key, const Config& config) {
  const auto elements = key.get(config);
  if (elements.empty()) return "[]";
  std::string literal = "[\n";
  for (const auto& element : elements) literal += fmt::format("  {},\n", in_quotes(element));
  return literal + "]";
}

std::string entry(const ConfigKey& key, const Config& config) {
  const auto section = section_of(key);
  const auto name = section.empty() ? key.name : key.name.substr(section.size() + 1);
  const auto literal = value_literal(key, config);
  return fmt::format("# {}\n# Allowed: {}.\n{} = {}\n", key.comment, allowed_values(key),
                     literal.empty() ? fmt::format("# {}", name) : std::string(name),
                     literal.empty() ? "0" : literal);
}

constexpr std::string_view kHead =
    "# A configuration of vmodem: what stands here is set by --config FILE.\n"
    "# A key that is left out has its default. A span of time is a number and ms, s, min or h.\n";
constexpr std::string_view kRoutes =
    "\n[routes]\n"
    "# Where a host, with or without a port, leads to instead: an address and a port.\n"
    "# \"coap.me:5683\" = \"127.0.0.1:5683\"\n";

}  // namespace

std::string_view section_of(const ConfigKey& key) {
  const auto dot = key.name.rfind('.');
  return dot == std::string_view::npos ? std::string_view{} : key.name.substr(0, dot);
}

std::string value_literal(const ConfigKey& key, const Config& config) {
  const auto as_is = [&](const auto&) { return value_text(key, config); };
  const auto as_string = [&](const auto&) { return in_quotes(value_text(key, config)); };
  return std::visit(Overloaded{[&](const BooleanKey& k) { return as_is(k); },
                               [&](const IntegerKey& k) { return as_is(k); },
                               [&](const NumberKey& k) { return as_is(k); },
                               [&](const WordKey& k) { return as_string(k); },
                               [&](const TextKey& k) { return as_string(k); },
                               [&](const DurationKey& k) { return as_string(k); },
                               [&](const ListKey& k) { return list_literal(k, config); }},
                    key.kind);
}

std::string config_text(const Config& config) {
  std::string text(kHead);
  std::string_view section;
  for (const auto& key : config_keys()) {
    text += '\n';
    if (section_of(key) != section) {
      section = section_of(key);
      text += fmt::format("[{}]\n", section);
    }
    text += entry(key, config);
  }
  text += kRoutes;
  return text;
}

}  // namespace vmodem::app
