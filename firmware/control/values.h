// Values as JSON, and back.
#pragma once

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "firmware/base/bytes.h"
#include "firmware/base/expected.h"
#include "firmware/base/hex.h"
#include "firmware/base/number.h"
#include "firmware/base/time.h"
#include "firmware/control/schema/members.h"
#include "firmware/control/schema/problem.h"

namespace vmodem::control {

// To the microsecond.
[[nodiscard]] inline nlohmann::json seconds(Duration duration) {
  const auto microseconds = std::chrono::duration_cast<std::chrono::microseconds>(duration);
  return static_cast<double>(microseconds.count()) / 1e6;
}
[[nodiscard]] inline nlohmann::json seconds(Instant instant) {
  return seconds(instant.time_since_epoch());
}
[[nodiscard]] inline nlohmann::json seconds(std::optional<Instant> instant) {
  return instant ? seconds(*instant) : nlohmann::json();
}

template <class Value>
[[nodiscard]] nlohmann::json or_null(const std::optional<Value>& value) {
  return value ? nlohmann::json(*value) : nlohmann::json();
}

// All of it a decimal number.
[[nodiscard]] inline std::optional<std::uint64_t> parse_whole_number(std::string_view text) {
  return parse_number<std::uint64_t>(text);
}

// {"hex": …} and, where it is one line of text, {"payload": …}.
void put_octets(nlohmann::json& object, ByteView octets);
// What one of the two says, at most `size_max` octets; `text_name` is "payload", or as it is called
// in this body. Without either none.
[[nodiscard]] Expected<Bytes, Problem> octets_of(const nlohmann::json& body, const char* text_name,
                                                 std::size_t size_max);

}  // namespace vmodem::control
