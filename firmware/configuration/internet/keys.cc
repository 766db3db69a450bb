#include "firmware/configuration/internet/keys.h"

#include <algorithm>


namespace vmodem::app {
namespace {

using net::SyntaxError;
using sim::ResourceConfig;
using Result = Expected<void, SyntaxError>;

// What stands behind the longest of `names` and a dot at the beginning of `path`; `name` is that
// name. Empty: there is none.
template <class Entries, class Name>
std::string_view behind_name(const Entries& entries, Name Entries::value_type::*member,
                             std::string_view path, std::string& name) {
  std::string_view rest;
  for (const auto& entry : entries) {
    const std::string& candidate = entry.*member;
    if (!path.starts_with(candidate) || path.size() <= candidate.size() + 1) continue;
    if (path[candidate.size()] != '.' || (!rest.empty() && candidate.size() < name.size()))
      continue;
    name = candidate;
    rest = path.substr(candidate.size() + 1);
  }
  return rest;
}

// One assignment: the key's name in messages, and the text.
struct Assigned {
  std::string_view called;
  std::string_view text;
};

// Of `rest`, which ends what it is called.
std::string_view in_front(const Assigned& assigned, std::string_view rest) {
  return assigned.called.substr(0, assigned.called.size() - rest.size());
}

template <class Owner>
Result set_key(Owner& owner, std::span<const KeyOf<Owner>> keys, std::string_view key,
               const Assigned& assigned) {
  const auto* known = find_key(keys, key);
  if (known == nullptr) {
    return unexpected(unknown_key(in_front(assigned, key), key, names_of(keys, key)));
  }
  return known->set_text(owner, assigned.called, assigned.text);
}

Result set_resource(ServerEntry& server, std::string_view path, const Assigned& assigned) {
  auto& resources = server.config.resources;
  std::string name;
  const auto key = behind_name(resources, &ResourceConfig::path, path, name);
  if (key.empty()) {
    std::vector<std::string_view> paths;
    for (const auto& resource : resources) {
      paths.push_back(resource.path.empty() ? "\"\"" : std::string_view(resource.path));
    }
    return unexpected(unknown_key(in_front(assigned, path), path, paths));
  }
  const auto resource = std::ranges::find(resources, name, &ResourceConfig::path);
  return set_key(*resource, resource_keys(), key, assigned);
}

Result set_member(ServerEntry& server, std::string_view key, const Assigned& assigned) {
  constexpr std::string_view kResources = "resources.";
  constexpr std::string_view kAnswer = "answer.";
  if (key.starts_with(kResources)) {
    return set_resource(server, key.substr(kResources.size()), assigned);
  }
  if (key.starts_with(kAnswer)) {
    return set_key(server.config.answer, answer_keys(), key.substr(kAnswer.size()), assigned);
  }
  return set_key(server, server_keys(), key, assigned);
}

Result set_member(HostEntry& host, std::string_view key, const Assigned& assigned) {
  return set_key(host, host_keys(), key, assigned);
}

// `entries` are those of `internet`, and the shipped ones behind them.
template <class Entry>
Result set_entry(InternetConfig& internet, const std::vector<Entry>& entries, std::string_view path,
                 const Assigned& assigned) {
  std::string name;
  const auto key = behind_name(entries, &Entry::name, path, name);
  if (key.empty()) {
    std::vector<std::string_view> names;
    for (const auto& entry : entries) names.push_back(entry.name);
    return unexpected(unknown_key(in_front(assigned, path), path, names));
  }
  auto changed = *std::ranges::find(entries, name, &Entry::name);
  auto set = set_member(changed, key, assigned);
  if (!set) return set;
  if (auto why = conflict(internet, changed)) return unexpected(std::move(*why));
  put(internet, std::move(changed));
  return {};
}

template <class Entry>
std::vector<Entry> joined(std::vector<Entry> own, const std::vector<Entry>& shipped) {
  own.insert(own.end(), shipped.begin(), shipped.end());
  return own;
}

}  // namespace

bool is_internet_key(std::string_view name) {
  return name.starts_with(kServersPrefix) || name.starts_with(kHostsPrefix);
}

Result set_internet_text(InternetConfig& internet, std::string_view name, std::string_view text) {
  const auto shipped = shipped_internet();
  const Assigned assigned{name, text};
  if (name.starts_with(kServersPrefix)) {
    return set_entry(internet, joined(internet.servers, shipped.servers),
                     name.substr(kServersPrefix.size()), assigned);
  }
  return set_entry(internet, joined(internet.hosts, shipped.hosts),
                   name.substr(kHostsPrefix.size()), assigned);
}

}  // namespace vmodem::app
