// The module as a calculator: serial octets, datagrams and the time go in; serial octets and
// actions come out. It opens nothing, sleeps never, knows no clock, logs nothing.
//
// In:  serial octets, datagrams, answers, the time.
// Out: serial octets, actions, the next deadline.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "at_engine/override_table.h"
#include "at_engine/serial_output.h"
#include "at_engine/serial_segment.h"
#include "firmware/action.h"
#include "firmware/base/bytes.h"
#include "firmware/base/random.h"
#include "firmware/base/time.h"
#include "firmware/circuits/circuits.h"
#include "firmware/journal/journal.h"
#include "firmware/modem_config.h"
#include "firmware/settings/saved.h"
#include "firmware/snapshot.h"
#include "ufs/store.h"

namespace vmodem::firmware {

class Modem {
 public:
  // The module has booted: registered where the network has no timeline, in LTE with its default
  // bearer, no context of the TCP/IP stack active, the line silent. `files`, `settings` and `random` outlive it.
  // `journal` too, where there is one that somebody reads.
  Modem(const ModemConfig& config, ufs::Store& files, NvStore& settings, RandomSource& random,
        journal::Journal* journal = nullptr);
  ~Modem();
  Modem(Modem&&) noexcept;
  Modem& operator=(Modem&&) noexcept;

  // How many serial octets the modem takes now. Fewer than the driver has while a command runs and
  // its queue is full; the driver leaves the rest in the kernel. The room comes back with time or
  // news.
  [[nodiscard]] std::size_t serial_room() const;
  // Octets may be split anywhere: the output depends on their order only. At most serial_room().
  void handle_serial(Instant now, ByteView octets);

  // What the host drives beside its octets. DTR that drops does what AT&D says, RTS that is off
  // holds the output where AT+IFC says so, and with AT+QSCLK=1 the module sleeps without DTR: what
  // the host sends then is lost.
  void handle_circuits(Instant now, const HostCircuits& circuits);
  // The host sends a break, which has no effect on the module.
  void handle_break(Instant now);
  // As of the latest news.
  [[nodiscard]] ModuleCircuits circuits() const;
  // poll_serial() is not to be written for now: RTS is off.
  [[nodiscard]] bool is_output_held() const;

  void handle_transport_opened(Instant now, TransportId transport,
                               PeerKind peer = PeerKind::kReal);
  // `why` is one phrase for the journal.
  void handle_transport_failed(Instant now, TransportId transport, TransportError error,
                               std::string_view why);
  void handle_datagram(Instant now, TransportId transport, ByteView datagram);
  void handle_datagram_sent(Instant now, TransportId transport, bool handed_over);
  // `query` is of a Query action; an answer that nobody waits for any more is dropped.
  void handle_answer(Instant now, QueryId query, const Answer& answer);
  // The network deactivates a PDP context, 1–16; nothing where it is not active.
  void drop_pdp_context(Instant now, int context);
  // The network refuses the activations that it answers from now on, or accepts them again.
  void refuse_pdp_contexts(Instant now, bool is_refused);
  // The network takes so long to answer an activation that begins from now on.
  void delay_pdp_contexts(Instant now, Duration activation_time);
  // Coverage, cell or signal become others: fault injection and scenes.
  void change_network(Instant now, const NetworkChange& change);
  // Somebody takes the SIM out of its holder or puts it back.
  void insert_sim(Instant now);
  void remove_sim(Instant now);
  // A card that is there does not answer; nothing: it does again. Registration and sessions stand.
  void set_sim_trouble(Instant now, std::optional<Sim::Trouble> trouble);
  // There is no memory for a session or a message: what AT+QCOAPOPEN and AT+QCOAPSEND begin is
  // refused with -8 (qcoap.md §3, §7), what has begun goes on. A power-off frees it too.
  void set_memory_full(Instant now, bool is_full);

  // The supply fails: no line says so, and what AT+QPOWD would leave is left, but not the calendar.
  // The module stays off until press_power_key(); the two are a brown-out.
  void cut_power(Instant now);
  // The supply is there and the power key is pressed: the boot chain begins. Nothing happens to a
  // module that is on.
  void press_power_key(Instant now);
  // The reset pin: as AT+CFUN=1,1, but without a word. Nothing happens to a module that is off.
  void reset(Instant now);
  // The module hangs: octets of the host, datagrams and answers are lost, nothing is answered, and
  // timers stand, until resume(), reset() or cut_power(). Nothing happens to a module that is off.
  void hang(Instant now);
  // It goes on where it hung; what has become due meanwhile is late.
  void resume(Instant now);

  // A URC that the module never had a reason for. False: the module is off or hangs.
  bool post_urc(Instant now, at::Urc urc);
  // Answers in the place of the module's own; they outlive its power-offs.
  [[nodiscard]] at::OverrideTable& overrides();
  // As ModemConfig::report_commands, from the next command line on.
  void report_commands();

  // Calling early is harmless: nothing due, nothing happens.
  void handle_timeout(Instant now);

  // Poll these after any handle_*() until both return nothing; performing an action may produce
  // more. What is known of an action at once is told before the next poll, which may run the host's
  // next command line.
  [[nodiscard]] std::optional<Action> poll_action();
  // All serial octets that wait to be written, borrowed until the next call that is not const. One
  // answer, or one URC with its payload, is whole in it. What a host never reads is held to a
  // bound, dropped beyond it, and counted.
  [[nodiscard]] ByteView poll_serial() const;
  // The front of poll_serial() and what it is: a whole line, final result or URC, or as much as is
  // there of an echo, a prompt or raw octets.
  [[nodiscard]] std::optional<at::SerialSegment> poll_serial_segment() const;
  void handle_serial_written(std::size_t count);
  // URCs that wait for the host, or are not written whole.
  [[nodiscard]] std::size_t urc_count() const;
  [[nodiscard]] std::optional<Instant> poll_timeout() const;

  // No command line runs, and nothing of the next one has come.
  [[nodiscard]] bool is_at_rest() const;
  [[nodiscard]] ModuleSnapshot snapshot(Instant now) const;
  // One line of an answer as a log may show it.
  [[nodiscard]] std::string masked_answer(std::string_view line) const;

  // A host timer is running (data mode, a half-typed line): time must go at the pace of the wall.
  [[nodiscard]] bool is_waiting_for_host() const;
  // An exchange or a handshake is in flight.
  [[nodiscard]] bool is_waiting_for_peer() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace vmodem::firmware
