#include "firmware/configuration/internet/reader.h"

#include <set>
#include <string>

#include "firmware/configuration/internet/keys.h"
#include "firmware/configuration/texts/internet.h"

namespace vmodem::app {
namespace {

using sim::AnswerConfig;
using sim::InitiatedConfig;
using sim::ResourceConfig;

// The tables of a table that has at most `count_max` of them; anything else is a mistake.
std::vector<const ConfigEntry*> tables_in(std::string_view called, const ConfigNode& node,
                                          std::size_t count_max, Mistakes& mistakes) {
  std::vector<const ConfigEntry*> tables;
  if (node.table() == nullptr) {
    mistakes.add_type(called, node, fmt::format("tables, as [{}.NAME]", called));
    return tables;
  }
  if (node.table()->size() > count_max) {
    mistakes.add(node.at, too_many(called, count_max));
    return tables;
  }
  for (const auto& entry : *node.table()) {
    if (entry.node.table() != nullptr) {
      tables.push_back(&entry);
    } else {
      mistakes.add_type(fmt::format("{}.{}", called, entry.key), entry.node,
                        fmt::format("a table, as [{}.{}]", called, key_literal(entry.key)));
    }
  }
  return tables;
}

template <class Owner>
void read_table(Owner& owner, std::span<const KeyOf<Owner>> keys, const std::string& called,
                const ConfigNode& node, Mistakes& mistakes) {
  if (node.table() == nullptr) return mistakes.add_type(called, node, "a table, as { … }");
  TableReader<Owner>(owner, keys, called + ".", mistakes).read(*node.table());
}

// A list of tables, each of which makes one element.
template <class Element>
struct ElementList {
  std::vector<Element>& elements;
  std::span<const KeyOf<Element>> keys;
  std::size_t count_max;
};
template <class Element>
void read_elements(const ElementList<Element>& list, const std::string& called,
                   const ConfigNode& node, Mistakes& mistakes) {
  if (node.array() == nullptr) return mistakes.add_type(called, node, "a list of tables");
  if (node.array()->size() > list.count_max) {
    return mistakes.add(node.at, too_many(called, list.count_max));
  }
  list.elements.clear();
  for (const auto& one : *node.array()) {
    read_table(list.elements.emplace_back(), list.keys, called, one, mistakes);
  }
}

void read_resource(ResourceConfig& resource, const std::string& called,
                   const ConfigNode::Table& table, Mistakes& mistakes) {
  TableReader<ResourceConfig> reader(resource, resource_keys(), called + ".", mistakes);
  reader.also({"answers"}, [&](std::string_view key, const ConfigEntry& entry) {
    if (key != "answers") return false;
    read_elements<AnswerConfig>({resource.answers, answer_keys(), kAnswersMax}, called + ".answers",
                                entry.node, mistakes);
    return true;
  });
  reader.read(table);
}

ResourceConfig& resource_at(std::vector<ResourceConfig>& resources, const std::string& path) {
  const auto there = std::ranges::find(resources, path, &ResourceConfig::path);
  if (there != resources.end()) return *there;
  return resources.emplace_back(ResourceConfig{.path = path});
}

void read_resources(ServerEntry& server, const std::string& called, const ConfigNode& node,
                    Mistakes& mistakes) {
  std::set<std::string> seen;
  for (const auto* entry : tables_in(called, node, kResourcesMax, mistakes)) {
    auto path = entry->key;
    if (!accept_uri_path(path)) {
      mistakes.add(entry->at, {fmt::format("{}: \"{}\" is not allowed", called, entry->key),
                               allowed_uri_path()});
      continue;
    }
    if (!seen.insert(path).second) {
      mistakes.add(entry->at, {fmt::format("{}: the path \"{}\" is there twice", called, path),
                               "each path once, with or without a slash in front"});
      continue;
    }
    read_resource(resource_at(server.config.resources, path),
                  fmt::format("{}.{}", called, entry->key), *entry->node.table(), mistakes);
  }
}

void read_server(ServerEntry& server, const ConfigNode::Table& table, Mistakes& mistakes) {
  const auto called = fmt::format("servers.{}", server.name);
  TableReader<ServerEntry> reader(server, server_keys(), called + ".", mistakes);
  reader.also(
      {"resources", "initiated", "answer"}, [&](std::string_view key, const ConfigEntry& entry) {
        const auto name = fmt::format("{}.{}", called, key);
        if (key == "resources") {
          read_resources(server, name, entry.node, mistakes);
        } else if (key == "initiated") {
          read_elements<InitiatedConfig>({server.config.initiated, initiated_keys(), kInitiatedMax},
                                         name, entry.node, mistakes);
        } else if (key == "answer") {
          read_table(server.config.answer, answer_keys(), name, entry.node, mistakes);
        }
        return key == "resources" || key == "initiated" || key == "answer";
      });
  reader.read(table);
}

// A complete entry takes its place; one with mistakes of its own would only cause others.
template <class Entry>
void finish(InternetConfig& internet, Entry entry, const FilePosition& at, Mistakes& mistakes) {
  if (auto why = conflict(internet, entry)) return mistakes.add(at, std::move(*why));
  put(internet, std::move(entry));
}

}  // namespace

void read_servers(InternetConfig& internet, const ConfigNode& node, Mistakes& mistakes) {
  for (const auto* entry : tables_in("servers", node, kServersMax, mistakes)) {
    auto server = find_server(internet, entry->key).value_or(ServerEntry{.name = entry->key});
    const auto before = mistakes.count();
    read_server(server, *entry->node.table(), mistakes);
    if (mistakes.count() == before) finish(internet, std::move(server), entry->at, mistakes);
  }
}

void read_hosts(InternetConfig& internet, const ConfigNode& node, Mistakes& mistakes) {
  for (const auto* entry : tables_in("hosts", node, kHostsMax, mistakes)) {
    auto host = find_host(internet, entry->key).value_or(HostEntry{.name = entry->key});
    const auto before = mistakes.count();
    TableReader<HostEntry>(host, host_keys(), fmt::format("hosts.{}.", host.name), mistakes)
        .read(*entry->node.table());
    if (mistakes.count() == before) finish(internet, std::move(host), entry->at, mistakes);
  }
}

}  // namespace vmodem::app
