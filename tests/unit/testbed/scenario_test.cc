// When faults happen: their order, their end, and that none keeps time from passing.
#include "firmware/testbed/scenario.h"

#include <algorithm>

#include "tests/support/catch.h"
#include "tests/unit/testbed/bench.h"

using namespace vmodem;
using namespace vmodem::testbed;

namespace {

Scenario scenario_of(std::string_view text) {
  auto parsed = parse_scenario(text);
  CHECK(parsed.errors.empty());
  return Scenario(std::move(parsed.faults));
}

// Their texts, a line each.
std::string take_due(Scenario& scenario, Instant now) {
  std::string texts;
  while (const auto due = scenario.poll_due(now)) texts += due->text + "\n";
  return texts;
}

}  // namespace

TEST_CASE("faults of the time line happen in the order of their instants, then of their lines") {
  auto scenario = scenario_of("3s: reset\n1s: resume\n3s: hang\n2s: drop-urc\n");
  CHECK(scenario.poll_timeout() == Instant{1s});
  CHECK(take_due(scenario, Instant{500ms}) == "");
  CHECK(take_due(scenario, Instant{2s}) == "1s: resume\n2s: drop-urc\n");
  CHECK(take_due(scenario, Instant{3s}) == "3s: reset\n3s: hang\n");
  CHECK_FALSE(scenario.poll_timeout());
}

TEST_CASE("a duration ends a fault, counted from the instant when it was due") {
  auto scenario = scenario_of("1s: registration-lost 5s\n");
  CHECK(take_due(scenario, Instant{2s}) == "1s: registration-lost 5s\n");
  CHECK(scenario.poll_timeout() == Instant{6s});
  const auto due = scenario.poll_due(Instant{6s});
  REQUIRE(due);
  CHECK(due->deed.verb->name == "registration-restored");
  CHECK(due->text == "end of 1s: registration-lost 5s");
  CHECK_FALSE(scenario.poll_timeout());
}

TEST_CASE("the end of a fault has its arguments") {
  auto scenario = scenario_of("1s: name-fails 5s coap.sim\n");
  CHECK(take_due(scenario, Instant{1s}) == "1s: name-fails 5s coap.sim\n");
  const auto due = scenario.poll_due(Instant{6s});
  REQUIRE(due);
  const auto* name = due->deed.arguments.find<std::string>();
  REQUIRE(name != nullptr);
  CHECK(*name == "coap.sim");
}

TEST_CASE("a fault that happens again ends when the latest one is to") {
  auto scenario = scenario_of(
      "1s: registration-lost 5s\n3s: registration-denied 11 10s\n1s: name-fails 5s a.sim\n"
      "3s: name-fails 10s b.sim\n");
  take_due(scenario, Instant{3s});
  CHECK(take_due(scenario, Instant{12s}) == "end of 1s: name-fails 5s a.sim\n");
  CHECK(take_due(scenario, Instant{13s}) ==
        "end of 3s: registration-denied 11 10s\nend of 3s: name-fails 10s b.sim\n");
}

TEST_CASE("a fault that is ended early does not end another one later") {
  auto scenario = scenario_of("1s: power-cut 10s\n2s: power-on\n5s: power-cut\n");
  CHECK(take_due(scenario, Instant{1h}).find("end of") == std::string::npos);
  CHECK_FALSE(scenario.poll_timeout());
}

TEST_CASE("a fault counts the occurrences that concern it") {
  auto scenario = scenario_of("urc#2: reset\n+QCOAP#2: hang\nRDY#*: resume\n");
  CHECK(scenario.wants(OccurrenceKind::kUrc));
  CHECK_FALSE(scenario.wants(OccurrenceKind::kCommand));
  const auto say = [&](std::string_view urc) {
    scenario.handle(Instant{}, {OccurrenceKind::kUrc, urc});
    return take_due(scenario, Instant{});
  };
  CHECK(say("RDY") == "RDY#*: resume\n");
  CHECK(say("+QCOAPOPEN: 0,0") == "urc#2: reset\n");
  CHECK(say("RDY") == "RDY#*: resume\n");
  CHECK(say("+QCOAPACK: 0,0,1,0") == "+QCOAP#2: hang\n");
  CHECK(say("+QCOAPACK: 0,0,1,0") == "");
}

TEST_CASE("a fault comes the delay behind its occurrence") {
  auto scenario = scenario_of("uplink#1+250ms: reset\n");
  scenario.handle(Instant{1s}, {OccurrenceKind::kUplink});
  CHECK(take_due(scenario, Instant{1s}) == "");
  CHECK(scenario.poll_timeout() == Instant{1250ms});
}

TEST_CASE("what somebody asks for comes behind what is due") {
  auto scenario = scenario_of("1s: reset\n");
  scenario.add(Instant{1s}, parse_deed("hang").value(), "hang");
  CHECK(take_due(scenario, Instant{1s}) == "1s: reset\nhang\n");
}

TEST_CASE("what waits is told, and can be removed") {
  auto scenario = scenario_of("5s: signal -100\nRDY#*: hang\n+X: reset\n");
  const auto waiting = scenario.waiting();
  REQUIRE(waiting.size() == 3);
  CHECK(waiting[0].at == Instant{5s});
  CHECK(waiting[1].is_standing);
  CHECK_FALSE(waiting[2].is_standing);
  CHECK(scenario.remove(waiting[0].id));
  CHECK_FALSE(scenario.remove(waiting[0].id));
  scenario.handle(Instant{}, {OccurrenceKind::kUrc, "+X"});
  CHECK(take_due(scenario, Instant{}) == "+X: reset\n");
  CHECK(scenario.waiting().size() == 1);
  CHECK(scenario.remove_all() == 1);
  CHECK_FALSE(scenario.wants(OccurrenceKind::kUrc));
}

TEST_CASE("a scenario that is loaded counts its instants from then, and goes as it came") {
  auto scenario = scenario_of("20s: reset\n");
  const auto id = scenario.load(Instant{10s}, parse_scenario("1s: hang 5s\n+X: reset\n").faults);
  REQUIRE(id);
  CHECK(take_due(scenario, Instant{11s}) == "1s: hang 5s\n");
  CHECK(scenario.loaded().size() == 1);
  CHECK(scenario.waiting().size() == 3);
  CHECK(scenario.remove(*id));
  CHECK_FALSE(scenario.remove(*id));
  CHECK(scenario.waiting().size() == 1);
  CHECK(scenario.poll_timeout() == Instant{20s});
}

TEST_CASE("who has a fault happen is known") {
  auto scenario = scenario_of("1s: signal -100\n");
  scenario.add(Instant{1s}, parse_deed("hang 5s").value(), "hang 5s");
  CHECK(scenario.poll_due(Instant{1s})->by == "scenario");
  CHECK(scenario.poll_due(Instant{1s})->by == "control");
  CHECK(scenario.poll_due(Instant{6s})->by == "end");
}

TEST_CASE("the end of a fault is found by the fault") {
  auto scenario = scenario_of("");
  const auto id = scenario.add(Instant{1s}, parse_deed("hang 5s").value(), "hang 5s");
  REQUIRE(id);
  CHECK_FALSE(scenario.end_of(*id));
  CHECK(scenario.poll_due(Instant{1s}));
  const auto end = scenario.end_of(*id);
  REQUIRE(end);
  CHECK(scenario.remove(*end));
  CHECK_FALSE(scenario.poll_timeout());
}

TEST_CASE("so many faults wait at most") {
  auto scenario = scenario_of("urc#*+1h: reset\n");
  for (std::size_t i = 0; i < 2 * Scenario::kPendingMax; ++i) {
    scenario.handle(Instant{}, {OccurrenceKind::kUrc, "RDY"});
  }
  std::size_t count = 0;
  while (scenario.poll_due(Instant{1h})) ++count;
  CHECK(count == Scenario::kPendingMax);
  CHECK(scenario.poll_left_out() == Scenario::kPendingMax);
  CHECK(scenario.poll_left_out() == 0);
}

TEST_CASE("a scenario of any length waits for its instants") {
  std::string text;
  const auto length = 2 * Scenario::kPendingMax;
  for (std::size_t i = 0; i < length; ++i) text += "1h: reset\n";
  auto scenario = scenario_of(text + "urc#1: hang\n");
  scenario.handle(Instant{1s}, {OccurrenceKind::kUrc, "RDY"});
  CHECK(scenario.poll_due(Instant{1s}).value().deed.verb->name == "hang");
  CHECK(scenario.poll_left_out() == 0);
  std::size_t count = 0;
  while (scenario.poll_due(Instant{1h})) ++count;
  CHECK(count == length);
}

TEST_CASE("a fault that is among its own causes does not happen again, which is told once") {
  auto scenario = scenario_of("urc#*: double-urc\n+A#*: drop-urc\n");
  scenario.handle(Instant{1s}, {OccurrenceKind::kUrc, "RDY"});
  scenario.handle(Instant{1s}, {OccurrenceKind::kUrc, "RDY"});
  CHECK(scenario.poll_due(Instant{1s}));
  CHECK(scenario.poll_due(Instant{1s}));
  for (int i = 0; i < 2; ++i) {
    scenario.handle(Instant{1s}, {OccurrenceKind::kUrc, "+A", 1});
    CHECK(scenario.poll_due(Instant{1s})->text == "+A#*: drop-urc");
    CHECK_FALSE(scenario.poll_due(Instant{1s}));
  }
  CHECK(scenario.poll_loop() == "urc#*: double-urc");
  CHECK_FALSE(scenario.poll_loop());
  scenario.begin_chain();
  scenario.handle(Instant{1s}, {OccurrenceKind::kUrc, "RDY", 9});
  CHECK(scenario.poll_due(Instant{1s}));
}

TEST_CASE("faults that feed each other happen once at an instant, and say so") {
  Bench bench("urc#*: registration-lost 1s\n+CEREG#*: registration-restored\n");
  bench.at("+CEREG=2;+CREG=2");
  const auto output = bench.inject("registration-lost");
  CHECK(output.size() < 1000);
  CHECK(bench.has_trace("urc#*: registration-lost 1s: it has brought itself about"));
  CHECK(std::ranges::count_if(bench.traces, [](const auto& trace) {
          return trace.find("brought itself about") != std::string::npos;
        }) <= 2);
  bench.run_for(10s);
  CHECK(bench.now == Instant{10s});
  CHECK(bench.at("").find("OK") != std::string::npos);
}

TEST_CASE("a fault upon each URC happens upon each of those that one cause has posted at once") {
  Bench bench("urc#*: signal -100\n");
  bench.at("+CEREG=1;+CREG=1");
  bench.inject("registration-lost");
  CHECK(std::ranges::count_if(bench.traces, [](const auto& trace) {
          return trace.find("fault: urc#*: signal") != std::string::npos;
        }) == 2);
  CHECK_FALSE(bench.has_trace("brought itself about"));
}

TEST_CASE("a fault of the start comes before the first command line") {
  auto parsed = parse_scenario("0s: drop-result\n");
  TestbedConfig config{.internet = sim::ready_world(), .faults = std::move(parsed.faults)};
  ufs::MemoryStore files;
  firmware::MemoryNvStore settings;
  SeededRandom random{1};
  Testbed testbed(config, files, settings, random);
  testbed.handle_serial(Instant{}, as_bytes("AT\rAT\r"));
  while (testbed.poll_action()) continue;
  CHECK(as_text(testbed.poll_serial()) == "AT\rAT\r\r\nOK\r\n");
}

TEST_CASE("a fault of an instant comes before the command line of that instant") {
  Bench bench("10s: drop-result\n");
  bench.now = Instant{10s};
  CHECK(bench.at("") == "");
  CHECK(bench.at("") == framed("OK"));
}

TEST_CASE("a fault upon a command line comes before what the command asked for") {
  Bench bench("AT+QCOAPSEND#2: lose-uplink\n");
  bench.connect();
  CHECK(bench.message("1,1").find("+QCOAPRECV") != std::string::npos);
  CHECK(bench.message("1,1") == framed("OK", "+QCOAPACK: 0,1,101,0"));
  CHECK(bench.message("1,1").find("+QCOAPRECV") != std::string::npos);
}

TEST_CASE("a fault upon a command line concerns its own result") {
  Bench bench("at+csq: drop-result\n");
  CHECK(bench.at("+CSQ").find("OK") == std::string::npos);
  CHECK(bench.at("+CSQ").find("OK") != std::string::npos);
}

TEST_CASE("a repeated line counts as that line") {
  Bench bench("AT+CSQ#2: drop-result\n");
  CHECK(bench.at("+CSQ").find("OK") != std::string::npos);
  CHECK(bench.send("A/").find("OK") == std::string::npos);
  CHECK(bench.send("A/").find("OK") != std::string::npos);
}

TEST_CASE("a fault upon a URC concerns this URC") {
  Bench bench("+QCOAPACK#2: drop-urc\n");
  bench.connect();
  CHECK(bench.message("0,1").find("+QCOAPACK: 0,0,100,0") != std::string::npos);
  const auto second = bench.message("0,1");
  CHECK(second.find("+QCOAPACK") == std::string::npos);
  CHECK(second.find("+QCOAPRECV") != std::string::npos);
}

TEST_CASE("all faults upon a URC concern this URC") {
  Bench bench("+QCOAPACK: drop-urc\n+QCOAPACK: double-urc\n");
  bench.connect();
  const auto output = bench.message("0,1");
  CHECK(output.starts_with(framed("OK") + "\r\n+QCOAPRECV: 0,100"));
  CHECK(output.find("+QCOAPRECV", framed("OK").size() + 3) == std::string::npos);
}

TEST_CASE("a fault of the serial line that is one too many is told") {
  std::string text;
  for (std::size_t i = 0; i <= SerialLine::kFaultCountMax; ++i) text += "0s: drop-urc\n";
  const Bench bench(text);
  CHECK(bench.has_trace("serial line: left out a fault: too many wait"));
}

TEST_CASE("a fault upon a datagram concerns this datagram") {
  Bench bench("uplink#2: duplicate-uplink\ndownlink#3: registration-lost\n");
  bench.connect();
  CHECK(bench.message("0,1").find("+QCOAPRECV") != std::string::npos);
  CHECK(bench.message("1,1").find("+QCOAPRECV") != std::string::npos);
  CHECK(bench.has_trace("link: uplink datagram 2"));
  CHECK(bench.message("1,1").find("+QCOAPRECV") == std::string::npos);
}

TEST_CASE("what a URC's fault leads to is polled to its end") {
  Bench bench("+QCOAPACK: pdp-deactivate\n");
  bench.connect();
  const auto output = bench.message("0,1");
  CHECK(output.find("+QIURC: \"pdpdeact\",1") != std::string::npos);
  CHECK(output.find("+QCOAPCLOSE: 0,-4") != std::string::npos);
  CHECK_FALSE(bench.testbed.poll_action());
  CHECK(bench.testbed.poll_serial().empty());
}

TEST_CASE("faults that bring each other about for ever let time pass") {
  for (const auto* text : {"RDY#*: reset\n", "urc#*: reset\n", "+CPIN#*: sim-remove 0s\n",
                           "+CREG#*: registration-lost 0s\n"}) {
    INFO(text);
    Bench bench(text);
    bench.at("+CREG=1");
    bench.at("+QSIMDET=1,0");
    bench.inject("reset");
    bench.run_for(20ms);
    CHECK(bench.now == Instant{20ms});
  }
}

TEST_CASE("a URC whose fault takes the module's power is written whole") {
  Bench bench("+CFUN: power-cut\n");
  CHECK(bench.inject("reset") == "");
  const auto output = bench.run_for(1min);
  CHECK(output == framed("RDY", "APP RDY", "+CFUN: 1"));
  CHECK(bench.at("") == "");
}

TEST_CASE("each fault is in the log as it was written") {
  Bench bench("1s: signal -100\n");
  bench.run_for(1s);
  CHECK(bench.has_trace("fault: 1s: signal -100"));
  bench.inject("registration-lost 1s");
  bench.run_for(1s);
  CHECK(bench.has_trace("fault: end of registration-lost 1s"));
}
