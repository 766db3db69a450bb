#include "firmware/configuration/print.h"

#include <fmt/format.h>

#include <algorithm>

#include "firmware/configuration/internet/print.h"

namespace vmodem::app {
namespace {

std::string entry(const ConfigKey& key, const Config& config) {
  const auto section = section_of(key);
  const auto name = section.empty() ? key.name : key.name.substr(section.size() + 1);
  const auto literal = key.literal(config);
  return fmt::format("# {}\n# Allowed: {}.\n{} = {}\n", key.comment, allowed_values(key),
                     literal.empty() ? fmt::format("# {}", name) : std::string(name),
                     literal.empty() ? "0" : literal);
}

constexpr std::string_view kHead =
    "# A configuration of vmodem: what stands here is set by --config FILE.\n"
    "# A key that is left out has its default. A span of time is a number and ms, s, min or h.\n";
constexpr std::string_view kShipped =
    "\n# The servers and hosts that internet.shipped means, as if they were written here. A "
    "section\n"
    "# with the name of one alters it, one with another name and its address takes its place.\n";
constexpr std::string_view kRoutes =
    "\n[routes]\n"
    "# Where a host, with or without a port, leads to instead: an address and a port.\n"
    "# \"coap.me:5683\" = \"127.0.0.1:5683\"\n";

std::string commented(std::string_view text) {
  std::string comments;
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    comments += fmt::format("#{}{}\n", line.empty() ? "" : " ", line);
    text.remove_prefix(std::min(text.size(), line.size() + 1));
  }
  return comments;
}

}  // namespace

std::string_view section_of(const ConfigKey& key) {
  const auto dot = key.name.rfind('.');
  return dot == std::string_view::npos ? std::string_view{} : key.name.substr(0, dot);
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
  text += entries_text(config.internet);
  text += kShipped;
  text += commented(entries_text(shipped_internet()));
  return text;
}

}  // namespace vmodem::app
