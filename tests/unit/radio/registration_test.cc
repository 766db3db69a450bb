#include "tests/support/catch.h"
#include "tests/unit/modem/fixture.h"

namespace vmodem::firmware {
namespace {

constexpr NetworkStage kRoaming{.coverage = Coverage::kRoaming};

ModemConfig with_timeline(std::vector<NetworkStage> timeline) {
  ModemConfig config;
  config.network.timeline = std::move(timeline);
  return config;
}

// Only the technology in question is on the air.
ModemConfig on_technology(Technology technology) {
  ModemConfig config;
  std::erase_if(config.network.operators,
                [=](const Operator& entry) { return entry.technology != technology; });
  return config;
}

}  // namespace

TEST_CASE("Test forms print the modes of registration reports") {
  ModemFixture module;
  CHECK(module.at("+CREG=?") == framed("+CREG: (0-2)", "OK"));
  CHECK(module.at("+CGREG=?") == framed("+CGREG: (0-2,4)", "OK"));
  CHECK(module.at("+CEREG=?") == framed("+CEREG: (0-2,4)", "OK"));
}

TEST_CASE("A module that has booted is at home and reports nothing") {
  ModemFixture module;
  CHECK(module.at("+CREG?") == framed("+CREG: 0,1", "OK"));
  CHECK(module.at("+CGREG?") == framed("+CGREG: 0,1", "OK"));
  CHECK(module.at("+CEREG?") == framed("+CEREG: 0,1", "OK"));
  CHECK(module.run_for(600s).empty());
}

TEST_CASE("Mode 1 reads without the cell") {
  ModemFixture module;
  CHECK(module.at("+CEREG=1") == framed("OK"));
  CHECK(module.at("+CEREG?") == framed("+CEREG: 1,1", "OK"));
}

TEST_CASE("Mode 2 reads the cell with its technology") {
  ModemFixture module;
  CHECK(module.at("+CREG=2;+CGREG=2;+CEREG=2") == framed("OK"));
  CHECK(module.at("+CREG?") == framed("+CREG: 2,1,\"00C3\",\"01A2D101\",8", "OK"));
  CHECK(module.at("+CGREG?") == framed("+CGREG: 2,1,\"00C3\",\"01A2D101\",8,\"01\"", "OK"));
  CHECK(module.at("+CEREG?") == framed("+CEREG: 2,1,\"00C3\",\"01A2D101\",8", "OK"));
}

TEST_CASE("Mode 4 adds the causes, empty where there is none, and the timers that are granted") {
  ModemFixture module;
  module.at("+CEREG=4;+CGREG=4");
  CHECK(module.at("+CEREG?") == framed("+CEREG: 4,1,\"00C3\",\"01A2D101\",8,,,,", "OK"));
  CHECK(module.at("+CGREG?") ==
        framed("+CGREG: 4,1,\"00C3\",\"01A2D101\",8,\"01\",,,,", "OK"));
  module.at("+CPSMS=1");
  CHECK(module.at("+CEREG?") ==
        framed("+CEREG: 4,1,\"00C3\",\"01A2D101\",8,,,\"00001010\",\"00101100\"", "OK"));
  CHECK(module.at("+CGREG?") ==
        framed("+CGREG: 4,1,\"00C3\",\"01A2D101\",8,\"01\",,,\"00001010\",\"00101100\"", "OK"));
}

TEST_CASE("Mode 4 tells why the network refuses") {
  ModemFixture module;
  module.at("+CEREG=4;+CGREG=4");
  const NetworkStage denied{.coverage = Coverage::kDenied, .reject_cause = 7};
  CHECK(module.change_network(denied) == framed("+CGREG: 3,,,,,0,7", "+CEREG: 3,,,,0,7"));
  CHECK(module.at("+CEREG?") == framed("+CEREG: 4,3,,,,0,7", "OK"));
  CHECK(module.change_network(kLost) == framed("+CGREG: 2", "+CEREG: 2"));
}

TEST_CASE("Registration modes outside the documented ones are errors") {
  ModemFixture module;
  for (const auto* line : {"+CREG=3", "+CREG=4", "+CREG=-1", "+CREG=\"1\"", "+CREG=1,1", "+CGREG=3",
                           "+CGREG=5", "+CEREG=3", "+CEREG=5", "+CEREG=x"}) {
    CAPTURE(line);
    CHECK(module.at(line) == framed("ERROR"));
  }
  CHECK(module.at("+CEREG?") == framed("+CEREG: 0,1", "OK"));
}

TEST_CASE("The form without a mode switches the report off") {
  ModemFixture module;
  for (const auto* name : {"+CREG", "+CGREG", "+CEREG"}) {
    CAPTURE(name);
    module.at(std::string(name) + "=2");
    CHECK(module.at(name) == framed("OK"));
    CHECK(module.at(std::string(name) + "?") == framed(std::string(name) + ": 0,1", "OK"));
  }
}

TEST_CASE("AT+CREG=1 reports each change of the status once") {
  ModemFixture module;
  module.at("+CREG=1");
  CHECK(module.change_network(kLost) == framed("+CREG: 2"));
  CHECK(module.change_network(kLost).empty());
  CHECK(module.change_network(NetworkStage{.coverage = Coverage::kUnknown}) == framed("+CREG: 4"));
  CHECK(module.change_network(kRoaming) == framed("+CREG: 5"));
  CHECK(module.change_network(Recovery{}) == framed("+CREG: 1"));
}

TEST_CASE("A new cell is reported by mode 2 and passed over by mode 1") {
  ModemFixture module;
  module.at("+CREG=1;+CEREG=2");
  const Cell cell{.area_code = "0102", .id = "A1B2"};
  CHECK(module.change_network(cell) == framed("+CEREG: 1,\"0102\",\"A1B2\",8"));
}

TEST_CASE("Roaming shows the partner's cell") {
  ModemFixture module;
  module.at("+CEREG=2");
  CHECK(module.change_network(kRoaming) == framed("+CEREG: 5,\"1A2B\",\"0034F501\",8"));
  CHECK(module.at("+COPS?") == framed("+COPS: 0,0,\"CHINA MOBILE\",8", "OK"));
}

TEST_CASE("A timeline drives the registration by its instants") {
  ModemFixture module(with_timeline({{.coverage = Coverage::kSearching, .duration = 3s},
                                     {.coverage = Coverage::kDenied, .duration = 5s},
                                     {.coverage = Coverage::kSearching, .duration = 2s},
                                     {.coverage = Coverage::kHome, .duration = 60s},
                                     {.coverage = Coverage::kLost, .duration = 30s},
                                     {.coverage = Coverage::kRoaming}}));
  module.at("+CEREG=1");
  CHECK(module.at("+CEREG?") == framed("+CEREG: 1,2", "OK"));
  struct Row {
    Duration until;
    std::string output;
  };
  for (const auto& row :
       {Row{2999ms, ""}, Row{3s, framed("+CEREG: 3")}, Row{7999ms, ""},
        Row{8s, framed("+CEREG: 2")}, Row{10s, framed("+CEREG: 1")}, Row{70s, framed("+CEREG: 2")},
        Row{100s, framed("+CEREG: 5")}, Row{10000s, ""}}) {
    CAPTURE(row.until.count());
    CHECK(module.run_until(Instant(row.until)) == row.output);
  }
}

TEST_CASE("A late wake-up tells every stage of the timeline, and the next one keeps its instant") {
  ModemFixture module(with_timeline({{.coverage = Coverage::kSearching, .duration = 1s},
                                     {.coverage = Coverage::kDenied, .duration = 1s},
                                     {.coverage = Coverage::kSearching, .duration = 1s},
                                     {.coverage = Coverage::kHome}}));
  module.at("+CREG=1");
  module.now = Instant(2500ms);
  module.modem->handle_timeout(module.now);
  CHECK(module.read() == framed("+CREG: 3", "+CREG: 2"));
  CHECK(module.modem->poll_timeout() == Instant(3s));
}

TEST_CASE("An injected change holds over the timeline until recovery") {
  ModemFixture module(with_timeline(
      {{.coverage = Coverage::kSearching, .duration = 3s}, {.coverage = Coverage::kHome}}));
  module.at("+CREG=1");
  CHECK(module.change_network(NetworkStage{.coverage = Coverage::kDenied}) == framed("+CREG: 3"));
  CHECK(module.run_until(Instant(60s)).empty());
  CHECK(module.change_network(Recovery{}) == framed("+CREG: 1"));
}

TEST_CASE("NB-IoT prints its own technology") {
  ModemFixture module(on_technology(Technology::kNbIot));
  module.at("+CEREG=2");
  CHECK(module.at("+CEREG?") == framed("+CEREG: 2,1,\"00C4\",\"01A2D202\",9", "OK"));
}

TEST_CASE("In GSM the EPS registration knows nothing") {
  ModemFixture module(on_technology(Technology::kEgprs));
  module.at("+CREG=2;+CEREG=2;+CGREG=2");
  CHECK(module.at("+CREG?") == framed("+CREG: 2,1,\"00C5\",\"D303\",0", "OK"));
  CHECK(module.at("+CGREG?") == framed("+CGREG: 2,1,\"00C5\",\"D303\",0,\"01\"", "OK"));
  CHECK(module.at("+CEREG?") == framed("+CEREG: 2,4", "OK"));
}

TEST_CASE("A model finds only the networks of its technologies") {
  auto config = on_technology(Technology::kNbIot);
  config.identity.model = "BG95-M1";
  ModemFixture cat_m1_only(config);
  CHECK(cat_m1_only.at("+CEREG?") == framed("+CEREG: 0,2", "OK"));

  config = on_technology(Technology::kEgprs);
  config.identity.model = "BG77";
  ModemFixture without_gsm(config);
  CHECK(without_gsm.at("+CREG?") == framed("+CREG: 0,2", "OK"));
}

TEST_CASE("AT&F switches registration reports off and ATZ brings the stored ones back") {
  ModemFixture module;
  module.at("+CREG=2;+CEREG=1;+CGREG=4;&W");
  module.at("&F");
  module.at("E0");
  CHECK(module.at("+CREG?") == framed("+CREG: 0,1", "OK"));
  module.at("Z");
  CHECK(module.at("+CEREG?;+CGREG=0") == framed("+CEREG: 1,1", "OK"));
  CHECK(module.at("+CREG?") == framed("+CREG: 2,1,\"00C3\",\"01A2D101\",8", "OK"));
}

}  // namespace vmodem::firmware
