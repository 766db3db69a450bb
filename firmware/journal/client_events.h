// What becomes of the six clients (the note §3.3.2, §3.3.3, Table 5).
#pragma once

#include "firmware/journal/field.h"

namespace vmodem::journal {

struct ClientStatusChanged {
  std::uint64_t client;
  std::uint64_t status;

  static constexpr auto kKind =
      kind("client.status", Level::kNone, "A client enters a status of AT+QCOAPOPEN?.",
           field("client", &ClientStatusChanged::client, "0 to 5"),
           field("status", &ClientStatusChanged::status,
                 "0 idle, 1 opening, 2 connecting, 3 connected, 4 disconnecting"));
};

struct ClientResult {
  std::uint64_t client;
  std::string_view operation;
  std::int64_t result;
  std::string why;

  [[nodiscard]] Level level() const { return why.empty() ? Level::kNone : Level::kInfo; }

  static constexpr auto kKind =
      kind("client.result", Level::kInfo, "An operation of a client ends.",
           field("client", &ClientResult::client, "0 to 5"),
           field("operation", &ClientResult::operation, "open, close, send, retransmit or session"),
           field("result", &ClientResult::result, "the note, Table 5: 0, or -1 to -11"),
           field("why", &ClientResult::why, "one phrase; empty: as it was meant to"));
};

struct ClientNote {
  std::uint64_t client;
  Level severity;
  std::string text;

  [[nodiscard]] Level level() const { return severity; }

  static constexpr auto kKind =
      kind("client.note", Level::kWarning, "What else is worth knowing of a client.",
           field("client", &ClientNote::client, "0 to 5"),
           field("text", &ClientNote::text, "one phrase"));
};

}  // namespace vmodem::journal
