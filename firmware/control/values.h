// Values as JSON, and back.
#pragma once

#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "firmware/base/bytes.h"
#include "firmware/base/expected.h"
#include "firmware/base/hex.h"
#include "firmware/base/time.h"
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

// A member of an object that has the type which its shape says; nothing where it is left out or
// null.
template <class Value>
[[nodiscard]] std::optional<Value> find_member(const nlohmann::json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || found->is_null()) return std::nullopt;
  return found->get<Value>();
}

// All of it a decimal number.
[[nodiscard]] inline std::optional<std::uint64_t> parse_whole_number(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return number;
}

// {"hex": …} and, where it is one line of text, {"payload": …}.
void put_octets(nlohmann::json& object, ByteView octets);
// What one of the two says, at most `size_max` octets; `text_name` is "payload", or as it is called
// in this body. Without either none.
[[nodiscard]] Expected<Bytes, Problem> octets_of(const nlohmann::json& body, const char* text_name,
                                                 std::size_t size_max);

}  // namespace vmodem::control
