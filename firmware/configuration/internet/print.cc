#include "firmware/configuration/internet/print.h"

#include <fmt/format.h>

#include <algorithm>

#include "firmware/configuration/internet/keys.h"

namespace vmodem::app {
namespace {

using sim::ResourceConfig;

// "key = literal" for every key that a reader would find otherwise in `known`, what it starts from,
// and for every one that is away from its default.
template <class Owner>
std::vector<std::string> entries(const Owner& owner, std::span<const KeyOf<Owner>> keys,
                                 const Owner& known) {
  const Owner defaults{};
  std::vector<std::string> lines;
  for (const auto& key : keys) {
    const auto literal = key.literal(owner);
    if (literal == key.literal(known) && literal == key.literal(defaults)) continue;
    if (!literal.empty()) lines.push_back(fmt::format("{} = {}", key.name, literal));
  }
  return lines;
}

template <class Owner>
std::string lines(const Owner& owner, std::span<const KeyOf<Owner>> keys, const Owner& known) {
  std::string text;
  for (const auto& line : entries(owner, keys, known)) text += line + "\n";
  return text;
}

// A list of inline tables.
template <class Element>
std::string list_of(std::string_view name, const std::vector<Element>& elements,
                    std::span<const KeyOf<Element>> keys) {
  std::string text = fmt::format("{} = [\n", name);
  for (const auto& element : elements) {
    std::string inside;
    for (const auto& entry : entries(element, keys, Element{})) {
      inside += fmt::format("{}{}", inside.empty() ? "" : ", ", entry);
    }
    text += fmt::format("  {{ {} }},\n", inside);
  }
  return text + "]\n";
}

std::string resource_text(const ResourceConfig& resource, const ResourceConfig& known) {
  auto text = lines(resource, resource_keys(), known);
  if (!resource.answers.empty() || !known.answers.empty()) {
    text += list_of("answers", resource.answers, answer_keys());
  }
  return text;
}

std::string server_text(const ServerEntry& server, const ServerEntry& known) {
  const auto header = fmt::format("servers.{}", key_literal(server.name));
  auto text = fmt::format("\n[{}]\n{}", header, lines(server, server_keys(), known));
  for (const auto& line : entries(server.config.answer, answer_keys(), known.config.answer)) {
    text += fmt::format("answer.{}\n", line);
  }
  if (!server.config.initiated.empty() || !known.config.initiated.empty()) {
    text += list_of("initiated", server.config.initiated, initiated_keys());
  }
  for (const auto& resource : server.config.resources) {
    const auto& others = known.config.resources;
    const auto there = std::ranges::find(others, resource.path, &ResourceConfig::path);
    text += fmt::format("\n[{}.resources.{}]\n{}", header, key_literal(resource.path),
                        resource_text(resource, there == others.end() ? ResourceConfig{} : *there));
  }
  return text;
}

}  // namespace

std::string entries_text(const InternetConfig& internet) {
  const InternetConfig none;
  std::string text;
  for (const auto& server : internet.servers) {
    text += server_text(server, find_server(none, server.name).value_or(ServerEntry{}));
  }
  for (const auto& host : internet.hosts) {
    text += fmt::format("\n[hosts.{}]\n{}", key_literal(host.name),
                        lines(host, host_keys(), find_host(none, host.name).value_or(HostEntry{})));
  }
  return text;
}

}  // namespace vmodem::app
