#include "firmware/configuration/print.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "firmware/configuration/file.h"
#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::app;

namespace {

// Every key away from its default, and texts that TOML writes with escapes.
Config unusual_config() {
  Config config;
  for (const auto& [name, text] : {std::pair{"seed", "7"},
                                   {"link", "/tmp/a \"b\"\\c"},
                                   {"identity.model", "BG95-M1"},
                                   {"sim.ready_delay", "1500ms"},
                                   {"radio.timeline", "denied 11 5s, roaming"},
                                   {"radio.operators", "a, b, 26203, nb-iot, home"},
                                   {"radio.sinr_db", "-3.5"},
                                   {"cellular.preset", "nb2-deep"},
                                   {"cellular.script", "lose uplink 2-, delay downlink 1 by 5s"},
                                   {"cellular.uplink.loss", "0.25"},
                                   {"internet.calendar_start", "2024-02-29T12:00:00Z"},
                                   {"dialect.auto_ack", "none"},
                                   {"dialect.split_uri", "true"}}) {
    REQUIRE(set_config_text(config, name, text));
  }
  config.log.file = "tab\tand \x7f";
  return config;
}

void check_same(const Config& read, const Config& printed) {
  for (const auto& key : config_keys()) {
    CAPTURE(std::string(key.name));
    CHECK(value_text(key, read) == value_text(key, printed));
  }
}

}  // namespace

TEST_CASE("the printed defaults are read back as the defaults") {
  auto config = unusual_config();
  config.seed.reset();  // has no default to be read back
  REQUIRE(apply_config_text(config, config_text(Config{}), "printed.toml"));
  check_same(config, Config{});
}

TEST_CASE("a printed configuration is read back as it was") {
  const auto printed = unusual_config();
  Config config;
  REQUIRE(apply_config_text(config, config_text(printed), "printed.toml"));
  check_same(config, printed);
}

TEST_CASE("every key is printed once, with its comment and what it allows above it") {
  const auto text = config_text(Config{});
  for (const auto& key : config_keys()) {
    const auto section = section_of(key);
    const auto name = key.name.substr(section.empty() ? 0 : section.size() + 1);
    CAPTURE(std::string(key.name));
    const auto line = fmt::format("# {}\n# Allowed: {}.\n", key.comment, allowed_values(key));
    const auto at = text.find(line);
    REQUIRE(at != std::string::npos);
    const auto rest = text.substr(at + line.size());
    CHECK((rest.starts_with(fmt::format("{} = ", name)) ||
           rest.starts_with(fmt::format("# {} = ", name))));
  }
}

TEST_CASE("keys of one section stand together") {
  std::set<std::string_view> begun;
  std::string_view section;
  for (const auto& key : config_keys()) {
    if (section_of(key) == section) continue;
    section = section_of(key);
    CAPTURE(std::string(section));
    CHECK(begun.insert(section).second);
  }
}
