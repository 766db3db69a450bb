// What no command of this family reaches: the radio switch, the SIM, reset.
#include "firmware/radio/registration.h"

#include "tests/support/catch.h"

namespace vmodem::firmware {
namespace {

class RadioBench {
 public:
  explicit RadioBench(RadioConfig network_config = {})
      : config(std::move(network_config)), radio(config, Technologies{}, modes, saved) {}

  // URCs as they are, the other events by their names.
  std::vector<std::string> events() {
    std::vector<std::string> texts;
    while (const auto event = radio.poll_event()) {
      if (const auto* urc = std::get_if<at::Urc>(&*event)) texts.push_back(urc->text);
      if (const auto* detached = std::get_if<Detached>(&*event)) {
        texts.emplace_back(detached->by_network ? "detached by network" : "detached");
      }
    }
    return texts;
  }

  RadioConfig config;
  ReportModes modes{.cereg = 1};
  MemoryNvStore store;
  SavedSettings saved{store};
  Radio radio;
};

using Events = std::vector<std::string>;

}  // namespace

TEST_CASE("The radio is off until it is switched on") {
  RadioBench bench;
  CHECK_FALSE(bench.radio.is_on());
  CHECK_FALSE(bench.radio.is_registered());
  CHECK(bench.radio.technology() == std::nullopt);
  bench.radio.switch_on(Instant{});
  CHECK(bench.events() == Events{"+CEREG: 1"});
  CHECK(bench.radio.technology() == Technology::kEmtc);
  bench.radio.switch_on(Instant{});
  CHECK(bench.events().empty());
}

TEST_CASE("Switching the radio off ends registration and packet service") {
  RadioBench bench;
  bench.radio.switch_on(Instant{});
  bench.events();
  bench.radio.switch_off(Instant{});
  CHECK(bench.events() == Events{"+CEREG: 0", "detached"});
  CHECK(bench.radio.signal() == std::nullopt);
  CHECK(bench.radio.visible_operators().empty());
}

TEST_CASE("Each start of the radio begins the timeline anew") {
  RadioBench bench({.timeline = {{.coverage = Coverage::kSearching, .duration = 3s},
                                 {.coverage = Coverage::kHome}}});
  bench.radio.switch_on(Instant(10s));
  CHECK(bench.radio.poll_timeout() == Instant(13s));
  bench.radio.handle_timeout(Instant(13s));
  CHECK(bench.events() == Events{"+CEREG: 2", "+CEREG: 1"});
  bench.radio.switch_off(Instant{});
  CHECK(bench.radio.poll_timeout() == std::nullopt);
  bench.radio.switch_on(Instant(20s));
  CHECK(bench.events() == Events{"+CEREG: 0", "detached", "+CEREG: 2"});
  CHECK(bench.radio.poll_timeout() == Instant(23s));
}

TEST_CASE("Stages without duration pass at once") {
  RadioBench bench(
      {.timeline = {{.coverage = Coverage::kSearching}, {.coverage = Coverage::kHome}}});
  bench.radio.switch_on(Instant{});
  CHECK(bench.events() == Events{"+CEREG: 2", "+CEREG: 1"});
}

TEST_CASE("An injected loss outlives the radio switch") {
  RadioBench bench;
  bench.radio.switch_on(Instant{});
  bench.radio.change_network(Instant{}, NetworkStage{.coverage = Coverage::kLost});
  bench.radio.switch_off(Instant{});
  bench.radio.switch_on(Instant{});
  CHECK_FALSE(bench.radio.is_registered());
  bench.radio.change_network(Instant{}, Recovery{});
  CHECK(bench.radio.is_registered());
}

TEST_CASE("Without a usable SIM there is no registration") {
  RadioBench bench;
  bench.radio.set_sim_ready(Instant{}, false);
  bench.radio.switch_on(Instant{});
  CHECK(bench.events().empty());
  bench.radio.set_sim_ready(Instant{}, true);
  CHECK(bench.events() == Events{"+CEREG: 1"});
}

TEST_CASE("Reset is silent and leaves the radio off") {
  RadioBench bench;
  bench.radio.switch_on(Instant{});
  bench.radio.set_connection_reported(true);
  bench.radio.note_traffic(Instant{});
  bench.radio.reset();
  CHECK(bench.events().empty());
  CHECK(bench.radio.poll_timeout() == std::nullopt);
  CHECK_FALSE(bench.radio.is_on());
  CHECK_FALSE(bench.radio.is_registered());
  CHECK_FALSE(bench.radio.is_connection_reported());
  bench.radio.switch_on(Instant{});
  CHECK(bench.events() == Events{"+CEREG: 1"});
}

TEST_CASE("A list without partners is roamed in, one without a home lived in") {
  RadioBench bench;
  std::erase_if(bench.config.operators,
                [](const Operator& entry) { return entry.access == Access::kPartner; });
  Radio homes(bench.config, Technologies{}, bench.modes, bench.saved);
  homes.switch_on(Instant{});
  homes.change_network(Instant{}, NetworkStage{.coverage = Coverage::kRoaming});
  CHECK(homes.view(Domain::kEps).registration == Registration::kRoaming);

  bench.config.operators = {{.numeric = "46000", .access = Access::kPartner}};
  Radio partners(bench.config, Technologies{}, bench.modes, bench.saved);
  partners.switch_on(Instant{});
  CHECK(partners.view(Domain::kEps).registration == Registration::kHome);
}

TEST_CASE("Every model has the technologies of the note's Table 1") {
  struct Row {
    std::string_view name;
    bool nb_iot;
    bool egprs;
  };
  for (const auto& row :
       {Row{"BG95-M1", false, false}, Row{"BG95-M2", true, false}, Row{"BG95-M3", true, true},
        Row{"BG95-M4", true, false}, Row{"BG95-M5", true, true}, Row{"BG95-M6", true, false},
        Row{"BG95-MF", true, false}, Row{"BG77", true, false}, Row{"BG600L-M3", true, true}}) {
    CAPTURE(row.name);
    const auto* model = find_model(row.name);
    REQUIRE(model != nullptr);
    CHECK(model->technologies.has(Technology::kEmtc));
    CHECK(model->technologies.has(Technology::kNbIot) == row.nb_iot);
    CHECK(model->technologies.has(Technology::kEgprs) == row.egprs);
  }
}

}  // namespace vmodem::firmware
