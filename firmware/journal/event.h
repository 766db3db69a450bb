// All events, and what can be said of any of them by its kind.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "firmware/journal/client_events.h"
#include "firmware/journal/coap_events.h"
#include "firmware/journal/line_events.h"
#include "firmware/journal/module_events.h"
#include "firmware/journal/network_events.h"
#include "firmware/journal/server_events.h"

namespace vmodem::journal {

using Event =
    std::variant<LineCommand, LineEcho, LineAnswer, LinePrompt, LineData, LineResult, LineUrc,
                 LineDropped, LineCircuit, CoapSent, CoapRetransmitted, CoapReceived, CoapConcluded,
                 CoapDropped, DtlsCredential, DtlsFlight, DtlsEstablished, DtlsClosed, DtlsAlert,
                 DtlsKeys, ClientStatusChanged, ClientResult, ClientNote, DatagramUp, DatagramDown,
                 LinkLost, LinkDelayed, LinkDuplicated, LinkCorrupted, NetworkSilent, NameAsked,
                 NameAnswered, QuestionAsked, QuestionAnswered, QuestionFailed, ServerRequest,
                 ServerAnswer, ServerNotification, ServerNews, PacketContext, RadioRegistration,
                 RadioSignal, RadioConnection, CardState, PowerState, FileWritten, FileRemoved,
                 FileFull, FaultPerformed, FaultLooped, FaultsLeftOut, LintFinding>;

inline constexpr std::size_t kKindCount = std::variant_size_v<Event>;

// The place of an event's kind among them.
template <class Wanted, std::size_t kAt = 0>
constexpr std::size_t kind_index() {
  if constexpr (std::is_same_v<std::variant_alternative_t<kAt, Event>, Wanted>) {
    return kAt;
  } else {
    return kind_index<Wanted, kAt + 1>();
  }
}

enum class FieldType : std::uint8_t {
  kText,
  kNumber,
  kTruth,
  kOctets,
  kDuration,
  kEndpoint,
  kOptions,
  kEntry,
  kSecret,
};

struct FieldInfo {
  std::string_view name;
  FieldType type;
  bool is_optional;
  std::string_view help;
};
struct KindInfo {
  std::string_view name;
  Level level;
  std::string_view help;
  std::span<const FieldInfo> fields;
};
// In the order of Event's alternatives.
[[nodiscard]] std::span<const KindInfo> kinds();
// Null where there is none of this name.
[[nodiscard]] const KindInfo* find_kind(std::string_view name);

[[nodiscard]] std::string_view name(const Event& event);
// Of this very event.
[[nodiscard]] Level level(const Event& event);
// One phrase for a log or a chain of causes. Never what is secret.
[[nodiscard]] std::string phrase(const Event& event);

}  // namespace vmodem::journal
