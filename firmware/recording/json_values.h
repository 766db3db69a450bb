// Values of JSON that somebody may have written by hand: what has no place in its type is a mistake
// like a value of another type, a json::exception.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "firmware/base/bytes.h"
#include "firmware/base/hex.h"

namespace vmodem::recording {

[[nodiscard]] inline nlohmann::json::other_error mistake(const std::string& what) {
  return nlohmann::json::other_error::create(501, what, nullptr);
}

[[nodiscard]] inline Bytes octets_of(const nlohmann::json& value) {
  auto octets = from_hex(value.get<std::string>());
  if (!octets) throw mistake("no hexadecimal digits");
  return std::move(*octets);
}

// The library converts any number, even one that the type has no room for.
template <class Number>
[[nodiscard]] Number number_of(const nlohmann::json& value) {
  const bool fits =
      value.is_number_unsigned()
          ? std::in_range<Number>(value.get<std::uint64_t>())
          : value.is_number_integer() && std::in_range<Number>(value.get<std::int64_t>());
  if (!fits) throw mistake("no such number");
  return value.get<Number>();
}

// One of 0 to `last`.
template <class Enum>
[[nodiscard]] Enum enum_of(const nlohmann::json& value, Enum last) {
  const auto number = number_of<int>(value);
  if (number < 0 || number > static_cast<int>(last)) throw mistake("an unknown number");
  return static_cast<Enum>(number);
}

}  // namespace vmodem::recording
