#include "firmware/testbed/steering.h"

#include <utility>

namespace vmodem::testbed {
namespace {

template <class Kind, class Log>
void append_counters(std::string_view part, const Log& log, std::vector<Counter>& counters) {
  for (std::size_t i = 0; i < static_cast<std::size_t>(Kind::kCount); ++i) {
    const auto kind = static_cast<Kind>(i);
    const auto count = log.count(kind);
    if (count > 0) counters.push_back({part, describe(kind), count});
  }
}

}  // namespace

std::optional<FaultId> Steering::plan(Instant now, Fault fault) {
  testbed_.begin(now);
  const auto id = scenario().add(now, std::move(fault));
  report_wanted_commands();
  testbed_.perform_due();
  return id;
}

std::optional<ScenarioId> Steering::load(Instant now, std::vector<Fault> faults) {
  testbed_.begin(now);
  const auto id = scenario().load(now, std::move(faults));
  report_wanted_commands();
  testbed_.perform_due();
  return id;
}

void Steering::report_wanted_commands() {
  if (scenario().wants(OccurrenceKind::kCommand)) testbed_.modem_.report_commands();
}

bool Steering::send_urc(Instant now, std::string text) {
  testbed_.begin(now);
  return testbed_.modem_.post_urc(now, {std::move(text), {}});
}

bool Steering::type(Instant now, ByteView octets) {
  if (testbed_.typed_.size() >= Testbed::kTypedCountMax || octets.size() > Testbed::kTypedSizeMax) {
    return false;
  }
  testbed_.begin(now);
  testbed_.typed_.push_back({octets.begin(), octets.end()});
  return true;
}

bool Steering::set_content(Instant now, const net::Endpoint& server, const std::string& path,
                           sim::Representation content) {
  testbed_.begin(now);
  const bool is_done = internet().set_content(now, server, path, std::move(content));
  testbed_.network_.handle_timeout(now);
  return is_done;
}

bool Steering::remove_resource(Instant now, const net::Endpoint& server, const std::string& path) {
  testbed_.begin(now);
  const bool is_done = internet().remove_resource(now, server, path);
  testbed_.network_.handle_timeout(now);
  return is_done;
}

std::optional<std::size_t> Steering::notify_observers(Instant now, const net::Endpoint& server,
                                                      const std::string& path) {
  testbed_.begin(now);
  const auto count = internet().notify_observers(now, server, path);
  testbed_.network_.handle_timeout(now);
  return count;
}

std::optional<TransportEnds> Steering::ends_of(firmware::TransportId transport) const {
  const auto [local, remote] = testbed_.network_.path_of(transport);
  if (remote == net::Endpoint{}) return std::nullopt;
  return TransportEnds{local, remote};
}

// A peer in the real network may speak unasked; octets may wait for a host that does not read.
bool Steering::is_idle() const {
  const bool has_real_peer = !testbed_.real_transports_.empty() || !testbed_.real_queries_.empty();
  return !testbed_.poll_timeout() && !has_real_peer && !testbed_.line_.has_output() &&
         testbed_.typed_.empty();
}

SurroundingsSnapshot Steering::surroundings(Instant now) const {
  auto& network = testbed_.network_;
  SurroundingsSnapshot shown{.is_link_down = network.link().is_down(now),
                             .is_link_ideal = network.link().is_ideal(now),
                             .is_unreachable = network.is_unreachable(),
                             .is_serial_paced = testbed_.line_.is_paced(),
                             .waiting_inputs = testbed_.typed_.size(),
                             .deadline = testbed_.poll_timeout(),
                             .is_idle = is_idle(),
                             .counters = {}};
  append_counters<net::LinkEventKind>("link", network.link(), shown.counters);
  if (const auto* world = network.find_internet()) {
    append_counters<sim::WorldEventKind>("servers", *world, shown.counters);
  }
  append_counters<SerialEventKind>("serial", testbed_.line_, shown.counters);
  return shown;
}

}  // namespace vmodem::testbed
