// Registration, radio connection and what the radio measures (quectel-at.md §6): the network's side
// is RadioConfig's timeline or an injected change, the module's side is AT+CFUN, AT+COPS, AT+CGATT,
// the SIM.
//
// In:  a network's timeline or changes, commands, the time.
// Out: URCs, registration, signal, detachments.
//
// Commands and changes go in; URCs and changes of state come out of poll_event(), in order.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "at_engine/result.h"
#include "at_engine/serial_output.h"
#include "firmware/base/expected.h"
#include "firmware/base/queue.h"
#include "firmware/base/time.h"
#include "firmware/radio/operators.h"
#include "firmware/radio/report.h"
#include "firmware/radio/search.h"
#include "firmware/radio/signal.h"
#include "firmware/settings/line_profile.h"
#include "firmware/settings/saved.h"

namespace vmodem::firmware {

// Of the packet domain.
struct RegistrationChanged {
  Registration registration;
};
struct SignalChanged {};
// LTE has taken the module in: by an attachment, not by a cell that is found again.
struct AttachedToLte {};
// The packet service is gone, and every PDP context with it. Not at a mere loss of coverage.
struct Detached {
  bool by_network = false;
};

class Radio {
 public:
  using Event = std::variant<at::Urc, RegistrationChanged, SignalChanged, AttachedToLte, Detached>;

  // Off. `config`, `modes` and `saved` outlive the radio.
  Radio(const RadioConfig& config, Technologies technologies, const ReportModes& modes,
        const SavedSettings& saved);

  // AT+CFUN=1: looks for a network from the timeline's beginning; nothing where it is on.
  void switch_on(Instant now);
  // AT+CFUN=0 and 4.
  void switch_off(Instant now);
  // Power-off: off, without a word, and volatile settings forgotten; switch_on() comes with the
  // boot.
  void reset();
  // Without a usable SIM there is no registration; it is usable at first.
  void set_sim_ready(Instant now, bool is_ready);
  // AT+QCFG="nwscanseq", "nwscanmode", "iotopmode" and "band" that are in effect from now on: a
  // network that they rule out is left, and one that they prefer is taken. Survives reset().
  void configure_search(Instant now, const SearchSettings& settings);
  // AT+COPS; the caller saves it.
  void select(Instant now, const OperatorSelection& selection);
  // AT+CGATT=1, and what activates a PDP context; the reason where the network does not serve.
  [[nodiscard]] Expected<void, at::CmeError> attach(Instant now);
  // AT+CGATT=0.
  void detach(Instant now);
  // AT+CPSMS and AT+CEDRXS: the network grants anew what the settings ask for.
  void negotiate_psm(Instant now);
  void negotiate_edrx(Instant now);
  // <n> of AT+QCSCON, volatile.
  void set_connection_reported(bool is_reported) { is_connection_reported_ = is_reported; }
  // AT+QINDCFG="csq": +QIND: "csq" where AT+CSQ would answer something else than before.
  void set_quality_reported(bool is_reported) { is_quality_reported_ = is_reported; }
  // A datagram goes out or comes in.
  void note_traffic(Instant now);
  // Module and network speak of a PDP context or a timer; nothing where it is not registered.
  void note_signalling(Instant now);
  // The radio connection, where there is one, is idle at once.
  void release_connection();
  // The network becomes another, from the control interface.
  void change_network(Instant now, const NetworkChange& change);
  void handle_timeout(Instant now);

  [[nodiscard]] bool is_on() const { return is_on_; }
  // In the packet domain; datagrams pass only then.
  [[nodiscard]] bool is_registered() const;
  [[nodiscard]] bool is_attached() const { return is_attached_; }
  [[nodiscard]] bool is_attached_to_lte() const { return is_attached_to_lte_; }
  [[nodiscard]] bool is_connected() const { return release_at_.has_value(); }
  [[nodiscard]] bool is_connection_reported() const { return is_connection_reported_; }
  [[nodiscard]] RegistrationView view(Domain domain) const;
  // The network that serves the module; null where none does.
  [[nodiscard]] const Operator* serving() const;
  [[nodiscard]] std::optional<Technology> technology() const;
  // Absent where no cell is heard.
  [[nodiscard]] std::optional<Signal> signal() const;
  // What a search finds, an operator once a technology.
  [[nodiscard]] std::vector<const Operator*> visible_operators() const;
  [[nodiscard]] const OperatorSelection& selection() const { return selection_; }
  [[nodiscard]] const SearchSettings& search_settings() const { return search_.settings(); }

  [[nodiscard]] std::optional<Event> poll_event() { return events_.take_front(); }
  [[nodiscard]] std::optional<Instant> poll_timeout() const;

 private:
  struct Standing {
    Registration registration = Registration::kNotSearching;
    std::optional<std::size_t> serving;  // index of operators_
    int reject_cause = 0;
  };

  void begin_search(Instant now);
  void run_timeline(Instant now);
  [[nodiscard]] NetworkStage stage() const;
  [[nodiscard]] bool is_searching_allowed() const;
  [[nodiscard]] Registration registration(Domain domain) const;
  [[nodiscard]] Standing assess() const;
  [[nodiscard]] Standing assess_selection() const;
  // Takes over what has become of the registration and tells what changed.
  void refresh(Instant now);
  void tell_network(Instant now);
  void note_lte();
  void tell_registration();
  void tell_psm();
  void tell_edrx();
  void tell_quality();
  void tell(std::string text) { events_.emplace_back(at::Urc{std::move(text), {}}); }

  const RadioConfig& config_;
  const ReportModes& modes_;
  const SavedSettings& saved_;
  std::vector<Operator> operators_;  // an entry a cell; cells change
  Signal signal_;
  NetworkSearch search_;
  OperatorSelection selection_;

  bool is_on_ = false;
  bool is_sim_ready_ = true;
  bool wants_attachment_ = true;
  bool is_attached_ = false;
  bool is_attached_to_lte_ = false;
  bool is_connection_reported_ = false;
  bool is_quality_reported_ = false;
  std::size_t stage_ = 0;  // of the timeline
  std::optional<Instant> stage_ends_at_;
  std::optional<NetworkStage> held_stage_;  // injected, over the timeline
  std::optional<Instant> release_at_;       // of the radio connection
  Standing standing_;
  std::string known_area_;  // the one a network knows the module in; empty while detached
  std::array<RegistrationView, 3> told_;  // indexed by Domain
  SignalQuality told_quality_;
  Queue<Event> events_;
};

}  // namespace vmodem::firmware
