#include "firmware/control/verify/predicate.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>

#include "firmware/base/duration_text.h"
#include "firmware/base/hex.h"
#include "firmware/base/names.h"

namespace vmodem::control {
namespace {

using journal::FieldInfo;
using journal::FieldType;
using nlohmann::json;

struct ComparisonRow {
  std::string_view name;
  Comparison comparison;
  std::vector<FieldType> types;  // of the fields that it is for
};

const std::vector<ComparisonRow>& comparisons() {
  using enum FieldType;
  static const std::vector<ComparisonRow> kRows{
      {"equals",
       Comparison::kEquals,
       {kText, kNumber, kTruth, kOctets, kDuration, kEndpoint, kEntry}},
      {"starts_with", Comparison::kStartsWith, {kText, kOctets}},
      {"contains", Comparison::kContains, {kText, kOctets}},
      {"text", Comparison::kText, {kOctets}},
      {"min", Comparison::kMin, {kNumber, kDuration, kEntry}},
      {"max", Comparison::kMax, {kNumber, kDuration, kEntry}},
      {"has", Comparison::kHas, {kOptions}},
  };
  return kRows;
}

std::vector<std::string_view> names_for(FieldType type) {
  std::vector<std::string_view> names;
  for (const auto& row : comparisons()) {
    if (std::ranges::find(row.types, type) != row.types.end()) names.push_back(row.name);
  }
  return names;
}

std::string allowed_operand(FieldType type) {
  switch (type) {
    case FieldType::kText:
      return "a text";
    case FieldType::kNumber:
    case FieldType::kEntry:
      return "a whole number";
    case FieldType::kTruth:
      return "true or false";
    case FieldType::kOctets:
      return "hexadecimal digits, or {\"text\": …}";
    case FieldType::kDuration:
      return "a number of seconds, or a text as \"2s\"";
    case FieldType::kEndpoint:
      return "an address and a port, as \"198.51.100.7:5683\"";
    case FieldType::kOptions:
      return "the number of an option that is to be there";
    case FieldType::kSecret:
      break;
  }
  return "nothing: what it holds is secret";
}

std::optional<Operand> read_integer(const json& value) {
  const bool is_in_range = value.is_number_integer() &&
                           (!value.is_number_unsigned() ||
                            value.get<std::uint64_t>() <= static_cast<std::uint64_t>(INT64_MAX));
  if (!is_in_range) return std::nullopt;
  return value.get<std::int64_t>();
}

std::optional<Operand> read_duration(const json& value) {
  if (value.is_string()) {
    const auto duration = parse_duration(value.get_ref<const std::string&>());
    if (!duration) return std::nullopt;
    return *duration;
  }
  constexpr double kSecondsMax = 9e9;  // of those that a Duration holds
  if (!value.is_number() || !(std::abs(value.get<double>()) < kSecondsMax)) return std::nullopt;
  return std::chrono::round<Duration>(std::chrono::duration<double>(value.get<double>()));
}

std::optional<Operand> read_octets(const std::string& text) {
  auto octets = from_hex(text);
  if (!octets) return std::nullopt;
  return std::move(*octets);
}

std::optional<Operand> read_endpoint(const std::string& text) {
  const auto endpoint = net::parse_endpoint(text);
  if (!endpoint) return std::nullopt;
  return *endpoint;
}

// Nothing where a field of this type cannot be so.
std::optional<Operand> read_operand(const json& value, FieldType type, Comparison comparison) {
  if (comparison == Comparison::kText) {
    if (!value.is_string()) return std::nullopt;
    return to_bytes(value.get_ref<const std::string&>());
  }
  switch (type) {
    case FieldType::kNumber:
    case FieldType::kEntry:
    case FieldType::kOptions:
      return read_integer(value);
    case FieldType::kTruth:
      if (!value.is_boolean()) return std::nullopt;
      return value.get<bool>();
    case FieldType::kDuration:
      return read_duration(value);
    case FieldType::kText:
    case FieldType::kOctets:
    case FieldType::kEndpoint:
    case FieldType::kSecret:
      break;
  }
  if (type == FieldType::kSecret || !value.is_string()) return std::nullopt;
  const auto& text = value.get_ref<const std::string&>();
  if (type == FieldType::kOctets) return read_octets(text);
  if (type == FieldType::kEndpoint) return read_endpoint(text);
  return text;
}

Comparison plain_comparison(FieldType type) {
  return type == FieldType::kOptions ? Comparison::kHas : Comparison::kEquals;
}

std::string shown(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::optional<Problem> append_condition(const json& value, const FieldInfo& field,
                                        Comparison comparison, const std::string& path,
                                        std::vector<Condition>& conditions) {
  auto operand = read_operand(value, field.type, comparison);
  if (!operand) {
    return Problem{.detail = fmt::format("{} cannot be {}", field.name, shown(value)),
                   .field = path,
                   .right = allowed_operand(field.type)};
  }
  conditions.push_back({field.name, comparison, std::move(*operand)});
  return std::nullopt;
}

std::optional<Problem> append_conditions(const json& value, const FieldInfo& field,
                                         const std::string& path,
                                         std::vector<Condition>& conditions) {
  if (field.type == FieldType::kSecret) {
    return Problem{.detail = fmt::format("{} is secret", field.name), .field = path};
  }
  if (value.is_null()) {
    conditions.push_back({field.name, Comparison::kEquals, std::monostate{}});
    return std::nullopt;
  }
  if (!value.is_object()) {
    return append_condition(value, field, plain_comparison(field.type), path, conditions);
  }
  const auto names = names_for(field.type);
  for (const auto& [name, operand] : value.items()) {
    if (std::ranges::find(names, name) == names.end()) {
      return Problem{.detail = fmt::format("{} is not compared by \"{}\"{}", field.name, name,
                                           did_you_mean(name, names)),
                     .field = path + "." + name,
                     .right = fmt::format("{}", fmt::join(names, ", "))};
    }
    const auto row = std::ranges::find(comparisons(), name, &ComparisonRow::name);
    if (auto problem =
            append_condition(operand, field, row->comparison, path + "." + name, conditions)) {
      return problem;
    }
  }
  return std::nullopt;
}

Problem unknown_name(std::string_view what, std::string_view name, std::string path,
                     std::span<const std::string_view> names) {
  return {.detail = fmt::format("there is no {} \"{}\"{}", what, name, did_you_mean(name, names)),
          .field = std::move(path),
          .right = fmt::format("{}", fmt::join(names, ", "))};
}

bool holds_octets(ByteView whole, const Condition& condition) {
  const auto& wanted = std::get<Bytes>(condition.operand);
  switch (condition.comparison) {
    case Comparison::kStartsWith:
      return as_text(whole).starts_with(as_text(wanted));
    case Comparison::kContains:
      return as_text(whole).find(as_text(wanted)) != std::string_view::npos;
    case Comparison::kEquals:
    case Comparison::kText:
    case Comparison::kMin:
    case Comparison::kMax:
    case Comparison::kHas:
      break;
  }
  return as_text(whole) == as_text(wanted);
}

bool holds_text(std::string_view whole, const Condition& condition) {
  const auto& wanted = std::get<std::string>(condition.operand);
  switch (condition.comparison) {
    case Comparison::kStartsWith:
      return whole.starts_with(wanted);
    case Comparison::kContains:
      return whole.find(wanted) != std::string_view::npos;
    case Comparison::kEquals:
    case Comparison::kText:
    case Comparison::kMin:
    case Comparison::kMax:
    case Comparison::kHas:
      break;
  }
  return whole == wanted;
}

// `order` is below, at or above 0 as the field is below, at or above what it is compared with.
bool holds_order(int order, Comparison comparison) {
  if (comparison == Comparison::kMin) return order >= 0;
  if (comparison == Comparison::kMax) return order <= 0;
  return order == 0;
}

int order_of(auto a, auto b) {
  return std::cmp_less(a, b) ? -1 : std::cmp_equal(a, b) ? 0 : 1;
}

struct Holds {
  const Condition& condition;

  bool operator()(std::monostate) const {
    return std::holds_alternative<std::monostate>(condition.operand);
  }
  bool operator()(std::string_view text) const {
    return !is_for_empty() && holds_text(text, condition);
  }
  bool operator()(ByteView octets) const {
    return !is_for_empty() && holds_octets(octets, condition);
  }
  bool operator()(std::uint64_t number) const { return holds_number(number); }
  bool operator()(std::int64_t number) const { return holds_number(number); }
  bool operator()(bool truth) const { return condition.operand == Operand(truth); }
  bool operator()(Duration duration) const {
    if (is_for_empty()) return false;
    const auto wanted = std::get<Duration>(condition.operand);
    return holds_order(order_of(duration.count(), wanted.count()), condition.comparison);
  }
  bool operator()(const net::Endpoint& endpoint) const {
    return condition.operand == Operand(endpoint);
  }
  bool operator()(const journal::OptionFields* options) const {
    if (is_for_empty()) return options->empty();
    const auto wanted = std::get<std::int64_t>(condition.operand);
    return std::ranges::any_of(
        *options, [wanted](const journal::OptionField& option) { return option.number == wanted; });
  }

 private:
  [[nodiscard]] bool is_for_empty() const {
    return std::holds_alternative<std::monostate>(condition.operand);
  }
  [[nodiscard]] bool holds_number(auto number) const {
    if (is_for_empty()) return false;
    const auto wanted = std::get<std::int64_t>(condition.operand);
    return holds_order(order_of(number, wanted), condition.comparison);
  }
};

}  // namespace

Expected<Predicate, Problem> Predicate::parse(const json& object, const std::string& path) {
  const auto kind = object.find("kind");
  if (kind == object.end() || !kind->is_string()) {
    return unexpected(Problem{.detail = path + "kind is missing",
                              .field = path + "kind",
                              .right = "a kind of the journal, as \"server.request\""});
  }
  const auto& kind_name = kind->get_ref<const std::string&>();
  const auto* info = journal::find_kind(kind_name);
  if (info == nullptr) {
    std::vector<std::string_view> names;
    for (const auto& one : journal::kinds()) names.push_back(one.name);
    return unexpected(unknown_name("kind", kind_name, path + "kind", names));
  }
  Predicate predicate;
  predicate.kind_ = static_cast<std::size_t>(info - journal::kinds().data());
  const auto where = object.find("where");
  if (where == object.end() || where->is_null()) return predicate;
  if (!where->is_object()) {
    return unexpected(Problem{
        .detail = "where is no object", .field = path + "where", .right = "{FIELD: VALUE, …}"});
  }
  std::vector<std::string_view> names;
  for (const auto& field : info->fields) names.push_back(field.name);
  for (const auto& [name, value] : where->items()) {
    const auto place = path + "where." + name;
    const auto field = std::ranges::find(info->fields, name, &FieldInfo::name);
    if (field == info->fields.end()) {
      return unexpected(unknown_name("field", name, place, names));
    }
    auto problem = append_conditions(value, *field, place, predicate.conditions_);
    if (problem) return unexpected(std::move(*problem));
  }
  return predicate;
}

std::vector<std::string_view> Predicate::differences(const journal::Entry& entry) const {
  std::vector<std::string_view> fields;
  for (const auto& condition : conditions_) {
    const bool is_told = !fields.empty() && fields.back() == condition.field;
    const auto value = journal::field_value(entry.event, condition.field);
    if (!is_told && !std::visit(Holds{condition}, value)) fields.push_back(condition.field);
  }
  return fields;
}

}  // namespace vmodem::control
