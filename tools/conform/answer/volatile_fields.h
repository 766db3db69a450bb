// Which fields of answers are a module's own, the network's or the hour's, as one table.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace vmodem::conform {

enum class VolatileKind : std::uint8_t {
  kImei,
  kImsi,
  kIccid,
  kToken,
  kMessageId,
  kHandle,
  kTime,
  kAddress,
  kSignal,
  kCell,
  kReading,
};

struct VolatileField {
  std::string_view answer;  // how the line begins, as "+CSQ"; of a line without a name: the command
  bool is_named = true;     // the line begins with that name
  std::size_t first = 1;    // the fields, from 1
  std::size_t last = 1;
  VolatileKind kind = VolatileKind::kTime;
  std::string_view tag = {};  // only where this is the field before the first; empty: always
};

[[nodiscard]] std::span<const VolatileField> volatile_fields();

// As a report calls it: "message ID".
[[nodiscard]] std::string_view name_of(VolatileKind kind);

// The text, quotes included, has the form that a value of this kind has.
[[nodiscard]] bool has_form_of(VolatileKind kind, std::string_view text);

}  // namespace vmodem::conform
