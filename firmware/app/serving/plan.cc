#include "firmware/app/serving/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "firmware/base/check.h"
#include "firmware/configuration/internet/config.h"
#include "firmware/configuration/texts/serving.h"

namespace vmodem::app {
namespace {

// Who is meant where no host is named.
std::string host_of(const ServingText& serving, const InternetConfig& internet) {
  if (!serving.host.empty()) return serving.host;
  if (internet.servers.empty()) return "coap.sim";
  return to_string(internet.servers.front().config.endpoint.address);
}

Expected<std::vector<net::Serving>, ConfigError> plan_one(const std::string& text,
                                                          const Config& config,
                                                          const sim::WorldConfig& world) {
  const auto where = fmt::format("--serve {}", text);
  const auto serving = parse_serving(text);
  BG_CHECK(serving.has_value(), "the configuration has only such as are right");
  if (!serving->at.address.is_loopback() && !config.serve.is_anywhere) {
    return unexpected(ConfigError{where, "the address is not of loopback",
                                  "one of loopback, or --serve-anywhere beside it"});
  }
  auto planned = serve_host(world, host_of(*serving, config.internet), serving->at);
  if (planned) return std::move(*planned);
  auto& [wrong, right] = planned.error();
  return unexpected(ConfigError{where, std::move(wrong), std::move(right)});
}

Expected<std::vector<net::Serving>, ConfigError> plan_all(const Config& config,
                                                          const sim::WorldConfig& world) {
  std::vector<net::Serving> all;
  for (const auto& text : config.serve.addresses) {
    auto planned = plan_one(text, config, world);
    if (!planned) return planned;
    for (const auto& one : *planned) {
      const auto& server = one.server;
      if (std::ranges::find(all, server, &net::Serving::server) != all.end()) {
        return unexpected(ConfigError{fmt::format("--serve {}", text),
                                      fmt::format("{} is served already", to_string(server)),
                                      "each host once"});
      }
      all.push_back(one);
    }
  }
  return all;
}

}  // namespace

std::optional<ConfigError> objection_to_serving(const Config& config) {
  if (config.serve.addresses.empty()) return std::nullopt;
  auto planned = plan_all(config, config.internet.world());
  if (planned) return std::nullopt;
  return std::move(planned.error());
}

std::vector<net::Serving> plan_serving(const Config& config, const sim::WorldConfig& world) {
  auto planned = plan_all(config, world);
  BG_CHECK(planned.has_value(), "whoever starts has asked for objections first");
  return std::move(*planned);
}

}  // namespace vmodem::app
