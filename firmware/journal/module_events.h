// What the module's parts become: power, card, radio, contexts, files and faults.
#pragma once

#include "firmware/journal/field.h"

namespace vmodem::journal {

struct PowerState {
  std::string_view state;

  static constexpr auto kKind = kind("power.state", Level::kInfo, "The module goes on or off.",
                                     field("state", &PowerState::state, "on or off"));
};

struct CardState {
  std::string_view state;

  static constexpr auto kKind =
      kind("card.state", Level::kNone, "The SIM card becomes another to the module.",
           field("state", &CardState::state, "in words"));
};

struct RadioRegistration {
  std::uint64_t status;
  std::string text;

  static constexpr auto kKind =
      kind("radio.registration", Level::kInfo, "The registration changes.",
           field("status", &RadioRegistration::status, "as in +CEREG (27.007 §10.1.22)"),
           field("text", &RadioRegistration::text, "in words"));
};

struct RadioSignal {
  std::string text;

  static constexpr auto kKind = kind("radio.signal", Level::kDebug, "The signal changes.",
                                     field("text", &RadioSignal::text, "in words"));
};

struct RadioConnection {
  std::string_view state;

  static constexpr auto kKind =
      kind("radio.connection", Level::kNone, "The signalling connection comes or goes.",
           field("state", &RadioConnection::state, "connected or idle"));
};

struct PacketContext {
  std::uint64_t context;
  std::string_view state;
  std::string why;

  static constexpr auto kKind =
      kind("packet.context", Level::kNone, "A PDP context becomes active or inactive.",
           field("context", &PacketContext::context, "1 to 16"),
           field("state", &PacketContext::state, "active, inactive or refused"),
           field("why", &PacketContext::why, "one phrase, or empty"));
};

struct QuestionFailed {
  std::string text;

  static constexpr auto kKind =
      kind("question.failed", Level::kInfo, "A look-up, ping or time query came to nothing.",
           field("text", &QuestionFailed::text, "one phrase"));
};

struct FileWritten {
  std::string name;
  std::uint64_t size;

  static constexpr auto kKind =
      kind("file.written", Level::kNone, "A file has these many octets now.",
           field("name", &FileWritten::name, ""), field("size", &FileWritten::size, "octets"));
};

struct FileRemoved {
  std::string name;

  static constexpr auto kKind =
      kind("file.removed", Level::kNone, "A file is gone.", field("name", &FileRemoved::name, ""));
};

struct FileFull {
  std::string name;

  static constexpr auto kKind = kind("file.full", Level::kNone, "A write did not fit or failed.",
                                     field("name", &FileFull::name, ""));
};

struct FaultPerformed {
  std::string verb;
  std::string text;
  std::string_view by;

  static constexpr auto kKind =
      kind("fault.performed", Level::kInfo, "A verb was performed.",
           field("verb", &FaultPerformed::verb, "of vmodem --help verbs"),
           field("text", &FaultPerformed::text, "with its arguments, as it was written"),
           field("by", &FaultPerformed::by, "scenario, control or end: of a duration"));
};

// Of whoever judges the host.
struct LintFinding {
  std::string_view rule;
  std::string text;
  std::string_view clause;
  std::string_view cure;
  bool is_wrong;

  [[nodiscard]] Level level() const { return is_wrong ? Level::kWarning : Level::kInfo; }

  static constexpr auto kKind =
      kind("lint.finding", Level::kWarning,
           "The host did something wrong, or risky. Its cause is the entry that it concerns; it "
           "stands right behind the entry that showed it.",
           field("rule", &LintFinding::rule, "of docs/lint.md"),
           field("text", &LintFinding::text, "what was seen"),
           field("clause", &LintFinding::clause, "where it is written"),
           field("cure", &LintFinding::cure, "what the host should do"),
           field("is_wrong", &LintFinding::is_wrong, "against the clause; else a risk"));
};

struct FaultLooped {
  std::string text;

  static constexpr auto kKind =
      kind("fault.looped", Level::kWarning,
           "A fault has brought itself about, and does not happen again at the same instant.",
           field("text", &FaultLooped::text, "as it was written"));
};

struct FaultsLeftOut {
  std::uint64_t count;

  static constexpr auto kKind =
      kind("fault.left_out", Level::kWarning, "Too many faults wait for their time.",
           field("count", &FaultsLeftOut::count, ""));
};

}  // namespace vmodem::journal
