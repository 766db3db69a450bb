// A modem and what surrounds it in a test: the simulated internet behind its cellular link. To a
// driver it looks like the modem, but asks only for what the real network has to do.
//
// In:  serial octets, real datagrams, verbs, the time.
// Out: serial octets, real actions, the next deadline.
//
// Where a destination leads: a route is real; else what the simulated internet has is simulated;
// else loopback is real, and so is everything with `reaches_host`; any other address is silent.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <variant>
#include <vector>

#include "firmware/testbed/faulty_store.h"
#include "firmware/testbed/notes.h"
#include "firmware/testbed/scenario.h"
#include "firmware/testbed/serial/serial_line.h"
#include "firmware/testbed/simulated_network.h"
#include "firmware/testbed/testbed_config.h"

namespace vmodem::testbed {

class Testbed {
 public:
  // Of Steering::type().
  static constexpr std::size_t kTypedCountMax = 64;
  static constexpr std::size_t kTypedSizeMax = 4096;

  // `files`, `settings` and `random` outlive it.
  Testbed(const TestbedConfig& config, ufs::Store& files, firmware::NvStore& settings,
          RandomSource& random);

  // As those of Modem.
  [[nodiscard]] std::size_t serial_room() const { return modem_.serial_room(); }
  void handle_serial(Instant now, ByteView octets);
  // Where the host's rate is another than the module's, both read octets that nobody has sent.
  void handle_circuits(Instant now, const firmware::HostCircuits& circuits);
  void handle_break(Instant now);
  // To be shown to the host before what poll_serial() returns then.
  [[nodiscard]] firmware::ModuleCircuits circuits() const { return modem_.circuits(); }
  [[nodiscard]] const firmware::HostCircuits& host_circuits() const { return host_; }
  // What happened; the driver polls it.
  [[nodiscard]] journal::Journal& journal() { return journal_; }

  // What is ready for the host after poll_action() has returned nothing.
  [[nodiscard]] ByteView poll_serial();
  void handle_serial_written(std::size_t count);
  // The port is gone: what has not been written is lost, on the line and in the module.
  void drop_serial();

  struct Injected {
    journal::Number entry = 0;    // where somebody reads
    std::optional<FaultId> end{};  // where its duration says so
  };
  // A person's fault: at once.
  Injected inject(Instant now, Deed deed, std::string text);

  // News of the real network.
  void handle_network(Instant now, const firmware::NetworkEvent& event);
  void handle_timeout(Instant now);
  // Poll until it returns nothing, as Modem's.
  [[nodiscard]] std::optional<firmware::Action> poll_action();
  [[nodiscard]] std::optional<Instant> poll_timeout() const;
  // In its order, where the configuration asks for it. Bounded: where nobody polls, the latest are
  // missing.
  [[nodiscard]] std::optional<Passage> poll_passage() { return passages_.take_front(); }

  // What the host would notice on its own watch: a timer that waits for it (data mode, a half-typed
  // line), or a slow line.
  [[nodiscard]] bool is_waiting_for_host() const {
    return modem_.is_waiting_for_host() || line_.is_paced();
  }
  // Somebody in the real network may be about to answer.
  [[nodiscard]] bool is_waiting_for_real_peer() const;

 private:
  friend class Steering;

  static constexpr std::size_t kPassagesMax = 4096;

  struct Arrival {
    firmware::NetworkEvent event;
    std::size_t cause_count;
  };

  // A cause from outside; `now` may be later.
  void begin(Instant now);
  // Of the URC at the front of the module's output.
  void note_urc(const at::SerialSegment& urc);
  // Of any other segment.
  void note_segment(const at::SerialSegment& segment);
  void note_octets();
  void note_line_faults();
  // The entry by which the modem asked for what is answered now.
  [[nodiscard]] journal::Number asked_by(const firmware::NetworkEvent& event);
  void note_question(const firmware::Query& query);
  void note_open(const firmware::OpenTransport& open);
  [[nodiscard]] journal::Number note_asked(const Asked& asked, journal::Number cause);
  [[nodiscard]] journal::Number note_answered(const Asked& asked, std::string answer,
                                              std::string why);
  [[nodiscard]] journal::Number note_opened(const firmware::Opened& opened);
  [[nodiscard]] journal::Number note_failed(const firmware::OpenFailed& failed);
  [[nodiscard]] journal::Number note_answer(const firmware::Answered& answered);
  [[nodiscard]] journal::Number note_datagram(const firmware::DatagramReceived& received,
                                              firmware::PeerKind peer);
  [[nodiscard]] journal::Number note_datagram(const firmware::SendDatagram& sent);
  [[nodiscard]] SimulatedNetwork::Path path_of(firmware::TransportId transport) const;
  void watch(Passage passage);
  void note(Occurrence occurrence);
  // Both: true where a fault happened.
  bool perform_due();
  bool pump_serial();
  // What Steering::type() has left, where its place is here: true where something went in.
  bool take_typed();
  [[nodiscard]] bool is_simulated(std::string_view host, std::uint16_t port);
  // A fault concerns the name of a host that a route leads to: vmodem resolves it, so it can fail.
  [[nodiscard]] std::optional<sim::NameOutcome> fault_of_route(std::string_view host,
                                                               std::uint16_t port) const;
  [[nodiscard]] std::optional<firmware::Action> poll_unanswered();
  [[nodiscard]] bool keep_real(const firmware::NetworkEvent& event);
  void deliver(const firmware::NetworkEvent& event, firmware::PeerKind peer,
               std::size_t cause_count);
  void deliver_simulated();
  // The rates of both ends, where the host's is known.
  void set_rates();
  // The action, where it is for the real network or the log.
  [[nodiscard]] std::optional<firmware::Action> perform(firmware::Action action);
  [[nodiscard]] bool perform_simulated(firmware::OpenTransport& action);
  [[nodiscard]] bool perform_simulated(firmware::SendDatagram& action);
  [[nodiscard]] bool perform_simulated(firmware::CloseTransport& action);
  [[nodiscard]] bool perform_simulated(firmware::Query& action);
  [[nodiscard]] bool perform_simulated(firmware::CancelQuery& action);
  template <class Other>
  [[nodiscard]] bool perform_simulated(Other&) {
    return false;
  }

  net::Routes routes_;
  bool reaches_host_;
  bool watches_network_;
  journal::Journal journal_;
  SimulatedNetwork network_;
  SerialLine line_;
  FaultyStore files_;
  Scenario scenario_;
  firmware::Modem modem_;
  // What the real network knows the other end by.
  std::unordered_map<firmware::TransportId, net::Endpoint> real_transports_;
  std::unordered_set<firmware::QueryId> real_queries_;
  std::unordered_map<firmware::TransportId, std::uint32_t>
      carried_;  // whose report is still to come
  // Opens and questions about routed names that nobody answers for the moment.
  std::vector<firmware::Action> unanswered_;
  // Not answered yet, where somebody reads.
  std::unordered_map<firmware::TransportId, Asked> asked_opens_;
  std::unordered_map<firmware::QueryId, Asked> asked_queries_;
  Queue<Passage> passages_;
  Queue<Arrival> arrivals_;
  Queue<Bytes> typed_;
  journal::Number injected_ = 0;  // the entry of the latest fault from outside
  // How many URCs there had been before each fault of the chain.
  std::vector<std::uint64_t> urc_counts_;
  std::uint64_t noted_urc_count_ = 0;
  firmware::HostCircuits host_;
  NotedOctets noted_octets_;
  bool is_front_noted_ = false;  // the URC at the front of the module's output
  Instant now_{};
};

}  // namespace vmodem::testbed
