// What somebody outside asks of a testbed that runs, as a control interface does, and what there is
// to be seen of it. Poll the testbed after anything that changes it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "firmware/testbed/snapshot.h"
#include "firmware/testbed/testbed.h"

namespace vmodem::testbed {

class Steering {
 public:
  // `testbed` outlives this handle.
  explicit Steering(Testbed& testbed) : testbed_(testbed) {}

  // At its trigger; an instant counts from now. Nothing where too many wait.
  [[nodiscard]] std::optional<FaultId> plan(Instant now, Fault fault);
  [[nodiscard]] std::optional<ScenarioId> load(Instant now, std::vector<Fault> faults);
  // To look at, and to remove from: what is added goes through Testbed::inject() and the two above.
  [[nodiscard]] Scenario& scenario() { return testbed_.scenario_; }

  // A URC that the module has no reason for. False: it is off or hangs.
  [[nodiscard]] bool send_urc(Instant now, std::string text);
  // As if the host had sent them, but never inside one of its transactions: the octets of one call
  // go in at once, when no command line runs or is half typed. False where too many wait.
  [[nodiscard]] bool type(Instant now, ByteView octets);
  // Answers in the place of the module's own.
  [[nodiscard]] at::OverrideTable& serial_overrides() { return testbed_.modem_.overrides(); }

  // To look at, and for overrides; what changes resources goes through the three below. False, or
  // nothing: there is no such server or resource, or it cannot be observed.
  [[nodiscard]] sim::World& internet() { return testbed_.network_.internet(); }
  [[nodiscard]] bool set_content(Instant now, const net::Endpoint& server, const std::string& path,
                                 sim::Representation content);
  [[nodiscard]] bool remove_resource(Instant now, const net::Endpoint& server,
                                     const std::string& path);
  [[nodiscard]] std::optional<std::size_t> notify_observers(Instant now,
                                                            const net::Endpoint& server,
                                                            const std::string& path);

  [[nodiscard]] firmware::ModuleSnapshot module(Instant now) const {
    return testbed_.modem_.snapshot(now);
  }
  [[nodiscard]] SurroundingsSnapshot surroundings(Instant now) const;
  [[nodiscard]] std::optional<TransportEnds> ends_of(firmware::TransportId transport) const;

 private:
  void report_wanted_commands();
  [[nodiscard]] bool is_idle() const;

  Testbed& testbed_;
};

}  // namespace vmodem::testbed
