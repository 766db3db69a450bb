// The PDP contexts in two layers (qcoap.md §3, quectel-at.md §15): the bearers of AT+CGACT, the
// first of which LTE gives with the attachment (23.401 §5.3.2), and on them the contexts of the
// TCP/IP stack, which AT+QIACT and CoAP activate.
//
// In:  definitions, activations, the network's doings, the time.
// Out: URCs, changes of state, requests to the network.
//
// Commands and the network's doings go in; URCs and changes of state come out of poll_event(), in
// order.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "at_engine/serial_output.h"
#include "firmware/base/queue.h"
#include "firmware/base/time.h"
#include "firmware/packet/definition.h"
#include "firmware/settings/tagged.h"

namespace vmodem::firmware {

// AT+QICFG: AT+QIACT answers at once and activates afterwards (TCP95 §2.3.15).
inline constexpr TagSetting kAsynchronousActivation{"+QICFG", "asyncmode", "0",
                                                    TagSetting::Lifetime::kUntilReset};

struct PdpConfig {
  Duration activation_time = 0ms;    // from the command to the network's answer, 0–150 s
  bool refuses_activation = false;   // the network refuses every context
  Duration deactivation_time = 0ms;  // from AT+QIDEACT to its OK, 0–40 s
  std::string ipv4 =
      "10.76.51.180";  // of context 1, a literal; context n gets the (n−1)th after it
  std::string ipv6_prefix = "2001:db8:4c33:1";  // 4 groups; context n gets prefix::n
  std::string primary_dns = "8.8.8.8";          // what AT+QIDNSCFG reads from the network, literals
  std::string secondary_dns = "8.8.4.4";
};

// Who has begun an activation; AT+QCOAPOPEN tells the two apart (-6).
enum class PdpUser : std::uint8_t { kCommand, kCoap };

// Why an activation cannot begin.
enum class PdpObstacle : std::uint8_t {
  kTooMany,        // the technology takes no further context
  kDroppedBefore,  // TCP95 §2.4.5: AT+QIDEACT has to come first
};

// What an activation asks for; a context brings its bearer along.
enum class PdpLayer : std::uint8_t { kBearer, kContext };

struct PdpActivated {
  int id;
  bool is_bearer_new;
  bool has_context;  // for the TCP/IP stack
};
// An activation that had begun.
struct PdpFailed {
  int id;
  PdpUser user;
  std::string_view why;
};
struct PdpDeactivated {
  enum class By : std::uint8_t { kHost, kNetwork, kDetach };

  int id;
  By by;
  bool is_bearer_lost;
};

struct PdpRequest {
  int id;
  PdpUser user;
  PdpLayer layer;
  PdpDefinition definition;  // one that is written later counts from the next activation
};

class PdpContexts {
 public:
  using Event = std::variant<at::Urc, PdpActivated, PdpFailed, PdpDeactivated>;

  // No context is active. `config` outlives this object.
  explicit PdpContexts(const PdpConfig& config)
      : config_(config),
        activation_time_(config.activation_time),
        refuses_activation_(config.refuses_activation) {}

  // The network becomes another, for the activations that begin from now on.
  void set_activation_time(Duration time) { activation_time_ = time; }
  // The same for those that are answered from now on.
  void set_refused(bool is_refused) { refuses_activation_ = is_refused; }

  // For AT+CGACT and AT+CGPADDR.
  [[nodiscard]] bool has_bearer(int id) const { return at(id).bearer != Bearer::kNone; }
  // For the TCP/IP stack and CoAP.
  [[nodiscard]] bool is_active(int id) const { return at(id).state == State::kActive; }
  // Nothing where the context is not activating.
  [[nodiscard]] std::optional<PdpUser> activating_user(int id) const;

  // The layer is neither active nor activating. Without an activation time it is active, or
  // refused, when this returns. At most `count_max` contexts are up at once, not counting a default
  // bearer that carries none.
  [[nodiscard]] std::optional<PdpObstacle> activate(Instant now, PdpRequest request,
                                                    std::size_t count_max);
  // LTE's attachment brings bearer `id`; nothing where it is there or activating.
  void attach(int id, PdpDefinition definition);
  // The bearer, and its context with it. By the host; ends an activation too, and the state in
  // which the network left the context.
  void deactivate(int id);
  // The context of the TCP/IP stack, and its bearer where nobody else asked for it.
  void deactivate_context(int id);
  // By the network. What is not active is left alone.
  void drop(int id);
  // The packet service is gone.
  void detach(bool by_network);
  // Power-off: none is active, without a word.
  void reset();

  void handle_timeout(Instant now);
  [[nodiscard]] std::optional<Event> poll_event() { return events_.take_front(); }
  [[nodiscard]] std::optional<Instant> poll_timeout() const { return due_; }

  // By which it was activated last.
  [[nodiscard]] const PdpDefinition& definition(int id) const { return at(id).definition; }
  // What that activation gave it, IPv4 first.
  [[nodiscard]] std::vector<std::string> addresses(int id) const;

 private:
  enum class State : std::uint8_t { kInactive, kActivating, kActive, kDropped };
  // Who brought it.
  enum class Bearer : std::uint8_t { kNone, kOfAttachment, kOfHost, kOfContext };
  struct Context {
    Bearer bearer = Bearer::kNone;
    State state = State::kInactive;  // of the TCP/IP stack's context, and of any activation
    PdpUser user = PdpUser::kCommand;
    PdpLayer layer = PdpLayer::kContext;  // that is activating
    PdpDefinition definition{};
    Instant answered_at{};
  };

  [[nodiscard]] const Context& at(int id) const;
  [[nodiscard]] Context& at(int id);
  [[nodiscard]] std::size_t count_up() const;
  void answer(int id);
  void end(int id, State state_after, Bearer bearer_after, PdpDeactivated::By by);
  void note_due();

  const PdpConfig& config_;
  Duration activation_time_;
  bool refuses_activation_;
  std::optional<Instant> due_;  // the first answer of the network to an activation
  std::array<Context, kPdpIdMax> contexts_{};
  Queue<Event> events_;
};

}  // namespace vmodem::firmware
