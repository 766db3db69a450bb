#include "firmware/app/config_reader.h"

#include <algorithm>

#include "firmware/app/config_keys.h"
#include "firmware/app/internet_reader.h"

namespace vmodem::app {
namespace {

constexpr const char* kRouteForm = "routes in quotes, as \"coap.me=127.0.0.1:5683\"";

// routes = ["FROM=TO", …]
void read_route_list(Config& config, const ConfigNode::Array& routes, Mistakes& mistakes) {
  for (const auto& node : routes) {
    if (node.text() == nullptr) return mistakes.add_type("routes", node, kRouteForm);
    mistakes.check(node.at, config.network.routes.add(*node.text()));
  }
}

// [routes]; an unquoted name of a host, as coap.me, is a table in a table to TOML.
void read_route_table(Config& config, const ConfigNode::Table& routes, const std::string& prefix,
                      Mistakes& mistakes) {
  for (const auto& entry : routes) {
    const auto name = fmt::format("{}{}", prefix, entry.key);
    if (entry.node.table() != nullptr) {
      read_route_table(config, *entry.node.table(), name + ".", mistakes);
    } else if (entry.node.value() == nullptr) {
      mistakes.add_type(name, entry.node, kRouteForm);
    } else {
      mistakes.check(entry.node.at, set_config_value(config, name, *entry.node.value()));
    }
  }
}

// What has no table of keys of this level; false where `key` is none of it.
bool read_other(Config& config, std::string_view key, const ConfigEntry& entry,
                Mistakes& mistakes) {
  const auto& node = entry.node;
  if (key == "routes" && node.array() != nullptr) {
    read_route_list(config, *node.array(), mistakes);
    return true;
  }
  if (key == "routes" && node.table() != nullptr) {
    read_route_table(config, *node.table(), std::string(kRoutesPrefix), mistakes);
    return true;
  }
  if (key == "servers") {
    read_servers(config.internet, node, mistakes);
    return true;
  }
  if (key == "hosts") {
    read_hosts(config.internet, node, mistakes);
    return true;
  }
  return false;
}

}  // namespace

std::vector<ConfigError> Mistakes::errors(const std::string& file) const {
  auto sorted = mistakes_;
  std::ranges::stable_sort(sorted, {}, [](const auto& mistake) { return mistake.first; });
  std::vector<ConfigError> errors;
  for (auto& [at, error] : sorted) {
    errors.push_back({fmt::format("{}:{}:{}", file, at.line, at.column), std::move(error.wrong),
                      std::move(error.right)});
  }
  return errors;
}

void read_config(Config& config, const ConfigNode::Table& root, Mistakes& mistakes) {
  TableReader<Config> reader(config, config_keys(), "", mistakes);
  reader.also({"routes.FROM", "servers.NAME", "hosts.NAME"},
              [&](std::string_view key, const ConfigEntry& entry) {
                return read_other(config, key, entry, mistakes);
              });
  reader.read(root);
}

}  // namespace vmodem::app
