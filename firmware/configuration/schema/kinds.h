// Rows of the key table, made from the members that they set.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "firmware/configuration/schema/key.h"
#include "firmware/configuration/texts/rules.h"

namespace vmodem::app {

template <class Member>
struct MemberTraits;
template <class FieldType, class OwnerType>
struct MemberTraits<FieldType OwnerType::*> {
  using Field = FieldType;
  using Owner = OwnerType;
};

// Whose table has the rows for the members of `Owner`, as `Root`, and where it holds them, as `in()`.
template <class Owner>
struct PlaceOf;

template <auto kMember>
using OwnerOf = typename MemberTraits<decltype(kMember)>::Owner;

// The row of a member, or of a member of that member, and so on.
template <auto kFirst, auto... kThen>
struct Field {
  using Root = typename PlaceOf<OwnerOf<kFirst>>::Root;
  static auto& in(auto& root) { return ((PlaceOf<OwnerOf<kFirst>>::in(root).*kFirst).*....*kThen); }
  using Value = std::remove_reference_t<decltype(in(std::declval<Root&>()))>;
};

template <auto... kMembers>
constexpr auto boolean() {
  using Here = Field<kMembers...>;
  using Root = typename Here::Root;
  return BooleanOf<Root>{[](const Root& root) -> bool { return Here::in(root); },
                         [](Root& root, bool value) { Here::in(root) = value; }};
}

template <auto... kMembers>
constexpr auto integer(std::int64_t min, std::int64_t max,
                       std::optional<std::int64_t> also = std::nullopt) {
  using Here = Field<kMembers...>;
  using Root = typename Here::Root;
  return IntegerOf<Root>{
      min, max, [](const Root& root) -> std::optional<std::int64_t> { return Here::in(root); },
      [](Root& root, std::int64_t value) {
        Here::in(root) = static_cast<typename Here::Value>(value);
      },
      also};
}

template <auto... kMembers>
constexpr auto number(double min, double max) {
  using Here = Field<kMembers...>;
  using Root = typename Here::Root;
  return NumberOf<Root>{min, max, [](const Root& root) -> double { return Here::in(root); },
                        [](Root& root, double value) { Here::in(root) = value; }};
}

template <auto... kMembers>
constexpr auto word(std::span<const std::string_view> words) {
  using Here = Field<kMembers...>;
  using Root = typename Here::Root;
  return WordOf<Root>{words,
                      [](const Root& root) { return static_cast<std::size_t>(Here::in(root)); },
                      [](Root& root, std::size_t value) {
                        Here::in(root) = static_cast<typename Here::Value>(value);
                      }};
}

template <auto... kMembers>
constexpr auto text(const TextRule& rule) {
  using Here = Field<kMembers...>;
  using Root = typename Here::Root;
  return TextOf<Root>{rule.allowed,
                      rule.accept,
                      [](const Root& root) -> std::string { return Here::in(root); },
                      [](Root& root, std::string value) { Here::in(root) = std::move(value); },
                      rule.names,
                      rule.is_secret};
}

template <auto... kMembers>
constexpr auto duration(Duration min, Duration max) {
  using Here = Field<kMembers...>;
  using Root = typename Here::Root;
  return DurationOf<Root>{
      min,
      max,
      [](const Root& root) -> std::optional<Duration> { return Here::in(root); },
      [](Root& root, std::optional<Duration> value) { Here::in(root) = *value; },
      {}};
}

template <auto... kMembers>
constexpr auto duration_or(std::string_view absent, Duration min, Duration max) {
  using Here = Field<kMembers...>;
  using Root = typename Here::Root;
  return DurationOf<Root>{
      min, max, [](const Root& root) -> std::optional<Duration> { return Here::in(root); },
      [](Root& root, std::optional<Duration> value) { Here::in(root) = value; }, absent};
}

}  // namespace vmodem::app
