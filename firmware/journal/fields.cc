#include "firmware/journal/fields.h"

namespace vmodem::journal {
namespace {

template <class Value>
FieldValue as_field(const Value& value) {
  return value;
}
FieldValue as_field(const std::string& text) {
  return std::string_view(text);
}
FieldValue as_field(const Bytes& octets) {
  return ByteView(octets);
}
FieldValue as_field(const OptionFields& options) {
  return &options;
}
FieldValue as_field(const Secret&) {
  return {};
}
FieldValue as_field(EntryReference entry) {
  return entry.number == 0 ? FieldValue{} : FieldValue{entry.number};
}
template <class Value>
FieldValue as_field(const std::optional<Value>& value) {
  return value ? as_field(*value) : FieldValue{};
}

}  // namespace

FieldValue field_value(const Event& event, std::string_view name) {
  FieldValue found;
  const auto look = [&](const auto& one, const auto& row) {
    if (row.name == name) found = as_field(one.*row.member);
  };
  std::visit(
      [&](const auto& one) {
        std::apply([&](const auto&... rows) { (look(one, rows), ...); }, one.kKind.fields);
      },
      event);
  return found;
}

}  // namespace vmodem::journal
