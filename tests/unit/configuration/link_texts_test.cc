#include "firmware/configuration/texts/link.h"

#include <limits>

#include "firmware/configuration/file.h"
#include "firmware/configuration/keys.h"
#include "net/link/link_presets.h"
#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::app;
using net::Direction;
using net::LinkStepAction;

TEST_CASE("a step is an action, a direction and the datagrams that it concerns") {
  const auto lost = parse_step("lose uplink 2-3");
  REQUIRE(lost);
  CHECK(lost->action == LinkStepAction::kLose);
  CHECK(lost->direction == Direction::kUplink);
  CHECK(lost->first == 2);
  CHECK(lost->count == 2);

  const auto late = parse_step("delay  downlink 1 by 5s");
  REQUIRE(late);
  CHECK(late->action == LinkStepAction::kDelay);
  CHECK(late->direction == Direction::kDownlink);
  CHECK(late->count == 1);
  CHECK(late->delay == 5s);
}

TEST_CASE("a step without an end concerns all datagrams from its first on") {
  const auto step = parse_step("corrupt uplink 4-");
  REQUIRE(step);
  CHECK(step->first == 4);
  CHECK(step->first + (step->count - 1) == std::numeric_limits<std::uint32_t>::max());
}

TEST_CASE("a step is written as it is read") {
  const auto* text = GENERATE("lose uplink 2-3", "duplicate downlink 2", "delay downlink 1-2 by 5s",
                              "corrupt uplink 4-", "lose uplink 4294967294", "lose downlink 1-");
  const auto step = parse_step(text);
  REQUIRE(step);
  CHECK(step_text(*step) == text);
}

TEST_CASE("a step of another form is refused") {
  const auto* text = GENERATE(
      "", "lose", "lose uplink", "lose sideways 1", "drop uplink 1", "lose uplink 0",
      "lose uplink 3-2", "lose uplink -3", "lose uplink 1-2-3", "lose uplink 4294967296",
      "lose uplink 1 by 5s", "delay uplink 1", "delay uplink 1 by", "delay uplink 1 by 0s",
      "delay uplink 1 by 25h", "delay uplink 1 for 5s", "lose uplink 1 2", "lose uplink x");
  CAPTURE(text);
  CHECK_FALSE(parse_step(text));
}

TEST_CASE("an outage begins, lasts, may repeat and may concern one direction") {
  const auto outage = parse_outage("from 60s for 5s every 120s uplink");
  REQUIRE(outage);
  CHECK(outage->from == 60s);
  CHECK(outage->length == 5s);
  CHECK(outage->every == 120s);
  CHECK(outage->direction == Direction::kUplink);
  CHECK_FALSE(parse_outage("from 0s for 1ms")->direction.has_value());
}

TEST_CASE("an outage is written as it is read") {
  const auto* text = GENERATE("from 0s for 30s", "from 10s for 1ms downlink",
                              "from 1min for 5s every 2min", "from 0s for 1h every 2h uplink");
  const auto outage = parse_outage(text);
  REQUIRE(outage);
  CHECK(outage_text(*outage) == text);
}

TEST_CASE("an outage of another form is refused") {
  const auto* text = GENERATE("", "from 10s", "for 5s", "from 10s for 0s", "from 10 for 5s",
                              "from 10s for 5s every 5s", "from 10s for 5s every 0s",
                              "from 10s for 5s sideways", "from 10s for 5s uplink downlink",
                              "from 10s for 1001h", "from 10s for 5s every", "for 5s from 10s");
  CAPTURE(text);
  CHECK_FALSE(parse_outage(text));
}

TEST_CASE("a preset is the ground for the keys of its section, wherever it stands there") {
  Config config;
  REQUIRE(apply_config_text(config,
                            "[cellular]\nuplink.loss = 0.5\npreset = \"nb2-deep\"\n"
                            "downlink.delay = \"7s\"\n",
                            "modem.toml"));
  const auto* preset = net::find_link_preset("nb2-deep");
  CHECK(config.cellular.link.uplink.loss == 0.5);
  CHECK(config.cellular.link.uplink.delay == preset->uplink.delay);
  CHECK(config.cellular.link.downlink.delay == 7s);
  CHECK(config.cellular.link.downlink.loss == preset->downlink.loss);
}

TEST_CASE("a preset that comes later takes the place of what was said before") {
  Config config;
  REQUIRE(set_config_text(config, "cellular.script", "lose uplink 1"));
  REQUIRE(set_config_text(config, "cellular.preset", "tunnel"));
  CHECK(config.cellular.link.steps.empty());
  CHECK(config.cellular.link.outages.size() == 1);
}

TEST_CASE("the default link is the perfect preset") {
  const Config defaults;
  Config config;
  REQUIRE(set_config_text(config, "cellular.preset", "perfect"));
  for (const auto& key : config_keys()) {
    CHECK(value_text(key, config) == value_text(key, defaults));
  }
}

TEST_CASE("a mistake in a script is found by line and column") {
  Config config;
  const auto applied = apply_config_text(
      config, "[cellular]\nscript = [\n  \"lose uplink 1\",\n  \"lose 2\",\n]\n", "modem.toml");
  REQUIRE_FALSE(applied);
  CHECK(to_string(applied.error()) ==
        "modem.toml:4:3: cellular.script: \"lose 2\" is not allowed; expected " + allowed_steps());
}

TEST_CASE("a list of too many elements is refused as a whole") {
  std::string script = "cellular.script = [";
  for (int i = 0; i < 257; ++i) script += "'lose uplink 1',";
  Config config;
  const auto applied = apply_config_text(config, script + "]", "modem.toml");
  REQUIRE_FALSE(applied);
  CHECK(to_string(applied.error()) ==
        "modem.toml:1:19: cellular.script: there are too many; expected at most 256");
  CHECK(config.cellular.link.steps.empty());
}
