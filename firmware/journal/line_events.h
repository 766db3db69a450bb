// What crosses the serial line. Texts are masked: "…" stands for a PIN, a password or a key, and
// what a host uploads or downloads is a size.
#pragma once

#include "firmware/journal/field.h"

namespace vmodem::journal {

struct LineCommand {
  std::string text;
  std::optional<Duration> early{};
  std::optional<Duration> response_time{};
  std::string_view evidence{};

  static constexpr auto kKind = kind(
      "line.command", Level::kNone, "A command line of the host is about to run.",
      field("text", &LineCommand::text, "from AT on, masked"),
      field("early", &LineCommand::early,
            "how long behind the command line before it its end came, where that one had no final "
            "result yet; else null"),
      field("response_time", &LineCommand::response_time,
            "the documented maximum; of a line of several, together"),
      field("evidence", &LineCommand::evidence,
            "how sure its commands are: documented, captured, standard, inferred or hosts; of "
            "several the least sure; empty: one is unknown"));
};

struct LineEcho {
  std::uint64_t size;

  static constexpr auto kKind =
      kind("line.echo", Level::kNone, "The module echoes what the host types.",
           field("size", &LineEcho::size, "octets"));
};

struct LineAnswer {
  std::string text;

  static constexpr auto kKind =
      kind("line.answer", Level::kNone, "One line of information.",
           field("text", &LineAnswer::text, "without its framing, masked"));
};

struct LinePrompt {
  std::string text;

  static constexpr auto kKind =
      kind("line.prompt", Level::kNone, "The module asks for data, or announces them.",
           field("text", &LinePrompt::text, "\">\" or CONNECT"));
};

struct LineData {
  std::string_view direction;
  std::uint64_t size;
  bool is_early = false;

  static constexpr auto kKind =
      kind("line.data", Level::kNone, "Octets of a data mode, which are not shown.",
           field("direction", &LineData::direction, "from_host or to_host"),
           field("size", &LineData::size, "octets"),
           field("is_early", &LineData::is_early,
                 "the host began them before their command line ran, and so before any prompt"));
};

struct LineResult {
  std::string text;

  static constexpr auto kKind = kind("line.result", Level::kNone, "A final result code.",
                                     field("text", &LineResult::text, "OK, ERROR, +CME ERROR: …"));
};

struct LineUrc {
  std::string text;
  std::uint64_t size;

  static constexpr auto kKind =
      kind("line.urc", Level::kNone, "An unsolicited result code goes out.",
           field("text", &LineUrc::text, "its line without its framing"),
           field("size", &LineUrc::size, "octets behind the line"));
};

struct LineDropped {
  std::string text;

  static constexpr auto kKind =
      kind("line.dropped", Level::kInfo, "Octets of the serial line were lost or changed.",
           field("text", &LineDropped::text, "what happened, and to what"));
};

struct LineCircuit {
  std::string circuit;
  std::string state;
  std::string note;

  static constexpr auto kKind = kind(
      "line.circuit", Level::kInfo, "A circuit beside the octets changed, at the host or here.",
      field("circuit", &LineCircuit::circuit,
            "of the host DTR, RTS, rate or TXD; of the module DSR, CTS, DCD or RI"),
      field("state", &LineCircuit::state, "on, off, bit/s, or break"),
      field("note", &LineCircuit::note, "what it came from or leads to; may be empty"));
};

}  // namespace vmodem::journal
