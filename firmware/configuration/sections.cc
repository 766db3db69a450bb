#include "firmware/configuration/sections.h"

#include "firmware/configuration/internet/reader.h"
#include "firmware/configuration/keys.h"

namespace vmodem::app {
namespace {

constexpr const char* kRouteForm = "routes in quotes, as \"coap.me=127.0.0.1:5683\"";

// Routes of one file, each FROM once.
class RouteReader {
 public:
  RouteReader(Config& config, Mistakes& mistakes) : config_(config), mistakes_(mistakes) {}

  // routes = ["FROM=TO", …]
  void read_list(const ConfigNode::Array& routes) {
    for (const auto& node : routes) {
      if (node.text() == nullptr) return mistakes_.add_type("routes", node, kRouteForm);
      const auto from = node.text()->substr(0, node.text()->find('='));
      if (has(from, node.at)) continue;
      mistakes_.check(node.at, config_.network.routes.add(*node.text()));
      (void)seen_.add(*node.text());
    }
  }

  // [routes]; an unquoted name of a host, as coap.me, is a table in a table to TOML.
  void read_table(const ConfigNode::Table& routes, const std::string& prefix) {
    for (const auto& entry : routes) {
      const auto from = prefix + entry.key;
      const auto name = std::string(kRoutesPrefix) + from;
      if (entry.node.table() != nullptr) {
        read_table(*entry.node.table(), from + ".");
      } else if (entry.node.value() == nullptr) {
        mistakes_.add_type(name, entry.node, kRouteForm);
      } else if (!has(from, entry.at)) {
        mistakes_.check(entry.node.at, set_config_value(config_, name, *entry.node.value()));
        if (entry.node.text() != nullptr) (void)seen_.add(from, *entry.node.text());
      }
    }
  }

 private:
  bool has(std::string_view from, const FilePosition& at) {
    if (!seen_.has(from)) return false;
    mistakes_.add(at, second_route(from));
    return true;
  }

  Config& config_;
  Mistakes& mistakes_;
  net::Routes seen_;
};

// What has no table of keys of this level; false where `key` is none of it.
bool read_other(Config& config, std::string_view key, const ConfigEntry& entry,
                Mistakes& mistakes) {
  const auto& node = entry.node;
  if (key == "routes" && node.array() != nullptr) {
    RouteReader(config, mistakes).read_list(*node.array());
    return true;
  }
  if (key == "routes" && node.table() != nullptr) {
    RouteReader(config, mistakes).read_table(*node.table(), "");
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

void read_config(Config& config, const ConfigNode::Table& root, Mistakes& mistakes,
                 RefuseKey refuse) {
  TableReader<Config> reader(config, config_keys(), "", mistakes);
  reader.also({"routes.FROM", "servers.NAME", "hosts.NAME"},
              [&](std::string_view key, const ConfigEntry& entry) {
                auto refusal = refuse != nullptr ? refuse(key) : std::nullopt;
                if (refusal) {
                  mistakes.add(entry.at, std::move(*refusal));
                  return true;
                }
                return read_other(config, key, entry, mistakes);
              });
  reader.read(root);
}

}  // namespace vmodem::app
