// What JSON objects consist of, as tables: bodies are checked by them, and the schemas and the
// document of the interface are made from them.
//
// In:  tables of members.
// Out: schemas, problems of bodies, the description of all routes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "firmware/control/schema/problem.h"

namespace vmodem::control {

enum class MemberType : std::uint8_t {
  kText,
  kInteger,
  kNumber,
  kTruth,
  kHex,       // an even number of hexadecimal digits
  kDuration,  // "30s", "250ms"
  kEndpoint,  // "198.51.100.7:5683"
  kWord,      // one of `words`
  kShape,     // an object as `shape` says
  kObject,    // an object of any members
  kAny,
};

struct Shape;

struct Member {
  std::string_view name;
  MemberType type = MemberType::kText;
  std::string_view help{};
  bool is_optional = false;  // may be left out of a body; may be null
  bool is_list = false;
  std::int64_t min = INT64_MIN;  // of kInteger
  std::int64_t max = INT64_MAX;
  std::span<const std::string_view> words{};
  const Shape* shape = nullptr;

  [[nodiscard]] constexpr Member optional() const {
    auto other = *this;
    other.is_optional = true;
    return other;
  }
  [[nodiscard]] constexpr Member list() const {
    auto other = *this;
    other.is_list = true;
    return other;
  }
  [[nodiscard]] constexpr Member within(std::int64_t least, std::int64_t most) const {
    auto other = *this;
    other.min = least;
    other.max = most;
    return other;
  }
};

struct Shape {
  std::string_view name;  // "Client"
  std::string_view help;
  std::span<const Member> members;
};

constexpr Member member(std::string_view name, MemberType type, std::string_view help = {}) {
  return {.name = name, .type = type, .help = help};
}
constexpr Member member(std::string_view name, const Shape& shape, std::string_view help = {}) {
  return {.name = name, .type = MemberType::kShape, .help = help, .shape = &shape};
}
constexpr Member member(std::string_view name, std::span<const std::string_view> words,
                        std::string_view help = {}) {
  return {.name = name, .type = MemberType::kWord, .help = help, .words = words};
}

// "a text", "a number, 1–255" and the like.
[[nodiscard]] std::string allowed_values(const Member& member);

// Why `value` is no such object; a member that the shape does not have is a mistake too. `path` is
// what stands in front of the names of its members.
[[nodiscard]] std::optional<Problem> find_mistake(const nlohmann::json& value, const Shape& shape,
                                                  const std::string& path = {});

// Of one value of this type.
[[nodiscard]] nlohmann::json schema_of_type(const Member& member);
// Whose objects a schema describes: in an answer each member is there.
enum class Use : std::uint8_t { kBody, kAnswer };
// A JSON Schema (2020-12) that refers to others as "#/components/schemas/NAME".
[[nodiscard]] nlohmann::json schema_of(const Shape& shape, Use use);

}  // namespace vmodem::control
