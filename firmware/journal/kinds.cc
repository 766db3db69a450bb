// The kinds as data, from their rows.
#include <algorithm>
#include <array>

#include "firmware/journal/event.h"

namespace vmodem::journal {
namespace {

template <class Value>
struct TypeOf;
template <>
struct TypeOf<std::string> {
  static constexpr auto kType = FieldType::kText;
};
template <>
struct TypeOf<std::string_view> {
  static constexpr auto kType = FieldType::kText;
};
template <>
struct TypeOf<std::uint64_t> {
  static constexpr auto kType = FieldType::kNumber;
};
template <>
struct TypeOf<std::int64_t> {
  static constexpr auto kType = FieldType::kNumber;
};
template <>
struct TypeOf<bool> {
  static constexpr auto kType = FieldType::kTruth;
};
template <>
struct TypeOf<Bytes> {
  static constexpr auto kType = FieldType::kOctets;
};
template <>
struct TypeOf<Duration> {
  static constexpr auto kType = FieldType::kDuration;
};
template <>
struct TypeOf<net::Endpoint> {
  static constexpr auto kType = FieldType::kEndpoint;
};
template <>
struct TypeOf<OptionFields> {
  static constexpr auto kType = FieldType::kOptions;
};
template <>
struct TypeOf<EntryReference> {
  static constexpr auto kType = FieldType::kEntry;
};
template <>
struct TypeOf<Secret> {
  static constexpr auto kType = FieldType::kSecret;
};

template <class Event, class Value>
constexpr FieldInfo info(const Field<Event, Value>& field) {
  return {field.name, TypeOf<Value>::kType, false, field.help};
}
template <class Event, class Value>
constexpr FieldInfo info(const Field<Event, std::optional<Value>>& field) {
  return {field.name, TypeOf<Value>::kType, true, field.help};
}

template <class Kind>
constexpr auto kFieldsOf = std::apply(
    [](const auto&... fields) { return std::array{info(fields)...}; }, Kind::kKind.fields);

template <class Kind>
constexpr KindInfo kInfoOf{Kind::kKind.name, Kind::kKind.level, Kind::kKind.help, kFieldsOf<Kind>};

template <class Variant>
struct Table;
template <class... Kinds>
struct Table<std::variant<Kinds...>> {
  static constexpr std::array kRows{kInfoOf<Kinds>...};
};

template <class Kind>
Level level_of(const Kind& event) {
  if constexpr (requires { event.level(); }) return event.level();
  return Kind::kKind.level;
}

}  // namespace

std::span<const KindInfo> kinds() {
  return Table<Event>::kRows;
}

const KindInfo* find_kind(std::string_view name) {
  const auto all = kinds();
  const auto found = std::ranges::find(all, name, &KindInfo::name);
  return found == all.end() ? nullptr : &*found;
}

std::string_view name(const Event& event) {
  return kinds()[event.index()].name;
}

Level level(const Event& event) {
  return std::visit([](const auto& one) { return level_of(one); }, event);
}

}  // namespace vmodem::journal
