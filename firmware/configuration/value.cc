#include <fmt/format.h>

#include "firmware/configuration/internet/keys.h"
#include "firmware/configuration/keys.h"

namespace vmodem::app {
namespace {

using net::SyntaxError;
using Result = Expected<void, SyntaxError>;

Result set_route(Config& config, std::string_view name, std::string_view to) {
  auto added = config.network.routes.add(name.substr(kRoutesPrefix.size()), to);
  if (added) return {};
  return unexpected(SyntaxError{fmt::format("{}: {}", name, added.error().wrong),
                                std::move(added.error().right)});
}

Result refuse_route(std::string_view name, const ConfigValue& value) {
  const auto shown = std::visit([](const auto& one) { return fmt::format("{}", one); }, value);
  return unexpected(SyntaxError{fmt::format("{}: {} is not allowed", name, shown),
                                "an address and a port in quotes, as \"127.0.0.1:5683\""});
}

}  // namespace

SyntaxError unknown_config_key(std::string_view name) {
  auto names = names_of(config_keys(), name);
  if (names.size() == config_keys().size()) {
    names.insert(names.end(), {"routes.FROM", "servers.NAME", "hosts.NAME"});
  }
  return unknown_key("", name, names);
}

SyntaxError second_route(std::string_view from) {
  return {fmt::format("{}{}: there is a route from there already", kRoutesPrefix, from),
          "each FROM once, in letters of either case"};
}

Result set_config_value(Config& config, std::string_view name, const ConfigValue& value) {
  if (name.starts_with(kRoutesPrefix)) {
    const auto* to = std::get_if<std::string>(&value);
    return to != nullptr ? set_route(config, name, *to) : refuse_route(name, value);
  }
  const auto* key = find_config_key(name);
  if (key == nullptr) return unexpected(unknown_config_key(name));
  return key->set(config, name, value);
}

Result set_config_text(Config& config, std::string_view name, std::string_view text) {
  if (name.starts_with(kRoutesPrefix)) return set_route(config, name, text);
  if (is_internet_key(name)) return set_internet_text(config.internet, name, text);

  const auto* key = find_config_key(name);
  if (key == nullptr) return unexpected(unknown_config_key(name));
  return key->set_text(config, name, text);
}

}  // namespace vmodem::app
