#include "firmware/card/sim.h"
#include "tests/support/catch.h"

namespace vmodem::firmware {
namespace {

std::string take_events(Sim& sim) {
  std::string text;
  while (auto urc = sim.poll_event()) text += urc->text + '\n';
  return text;
}

TEST_CASE("Power off and on asks for the PIN again, in silence and in full") {
  MemoryNvStore store;
  SavedSettings saved(store);
  SimConfig config;
  config.pin_enabled = true;
  Sim sim(config, "8986", saved);
  CHECK(sim.enter_pin({}, "1234").has_value());
  CHECK(take_events(sim) == "+CPIN: READY\n+QUSIM: 1\n+QIND: SMS DONE\n");

  sim.power_off();
  CHECK(take_events(sim).empty());
  CHECK(sim.obstacle() == at::cme::kSimFailure);
  CHECK(sim.inserted() == Sim::Inserted::kUnknown);
  sim.power_on({});
  CHECK(take_events(sim) == "+CPIN: SIM PIN\n");
  sim.power_on({});
  CHECK(take_events(sim).empty());
}

TEST_CASE("The times of a start count from their own deadlines") {
  MemoryNvStore store;
  SavedSettings saved(store);
  SimConfig config;
  config.ready_delay = 1s;
  config.sms_ready_delay = 2s;
  Sim sim(config, "8986", saved);
  sim.power_off();
  sim.power_on(Instant{});
  CHECK(sim.poll_timeout() == Instant{} + 1s);
  sim.handle_timeout(Instant{} + 1500ms);
  CHECK(take_events(sim) == "+CPIN: READY\n+QUSIM: 1\n");
  CHECK(sim.poll_timeout() == Instant{} + 3s);
  sim.handle_timeout(Instant{} + 3s);
  CHECK(take_events(sim) == "+QIND: SMS DONE\n");
}

TEST_CASE("A boot forgets pending events and takes up the saved detection") {
  MemoryNvStore store;
  SavedSettings saved(store);
  Sim sim(SimConfig{}, "8986", saved);
  saved.set(kSimDetection, 1);
  sim.remove();
  CHECK(take_events(sim).empty());
  sim.reset();
  sim.power_on({});
  CHECK(take_events(sim) == "+CPIN: NOT READY\n");
  sim.insert({});
  sim.reset();
  CHECK(take_events(sim).empty());
}

}  // namespace
}  // namespace vmodem::firmware
