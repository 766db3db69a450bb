#include "firmware/journal/json.h"

#include <array>
#include <charconv>

namespace vmodem::journal {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr int kFractionDigits = 6;

void append_number(std::string& json, auto number) {
  std::array<char, 24> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  json.append(digits.data(), end);
}

// In seconds, to the microsecond.
void append_seconds(std::string& json, Duration duration) {
  auto microseconds = std::chrono::duration_cast<std::chrono::microseconds>(duration).count();
  if (microseconds < 0) {
    json += '-';
    microseconds = -microseconds;
  }
  constexpr std::int64_t kMicrosecondsPerSecond = 1'000'000;
  append_number(json, microseconds / kMicrosecondsPerSecond);
  std::array<char, kFractionDigits + 1> fraction{'.'};
  auto rest = microseconds % kMicrosecondsPerSecond;
  for (int i = kFractionDigits; i > 0; --i, rest /= 10) {
    fraction[static_cast<std::size_t>(i)] = static_cast<char>('0' + rest % 10);
  }
  json.append(fraction.data(), fraction.size());
}

// The length of the UTF-8 sequence that begins here (RFC 3629 §4); 0: none does.
std::size_t sequence_size(std::string_view text) {
  const auto octet = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto first = octet(0);
  if (first < 0x80) return 1;
  const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < size) return 0;
  const auto second = octet(1);
  if (first == 0xE0 && second < 0xA0) return 0;
  if (first == 0xED && second > 0x9F) return 0;
  if (first == 0xF0 && second < 0x90) return 0;
  if (first == 0xF4 && second > 0x8F) return 0;
  for (std::size_t i = 1; i < size; ++i) {
    if ((octet(i) & 0xC0) != 0x80) return 0;
  }
  return size;
}

void append_escaped(std::string& json, char c) {
  switch (c) {
    case '"':
      json += "\\\"";
      return;
    case '\\':
      json += "\\\\";
      return;
    case '\n':
      json += "\\n";
      return;
    case '\r':
      json += "\\r";
      return;
    case '\t':
      json += "\\t";
      return;
  }
  json += "\\u00";
  json += kHexDigits[static_cast<unsigned char>(c) >> 4];
  json += kHexDigits[static_cast<unsigned char>(c) & 0xF];
}

void append_octets(std::string& json, ByteView octets) {
  json += '"';
  for (const auto octet : octets) {
    json += kHexDigits[octet >> 4];
    json += kHexDigits[octet & 0xF];
  }
  json += '"';
}

void append_value(std::string& json, std::string_view text) {
  append_json_string(json, text);
}
void append_value(std::string& json, std::uint64_t number) {
  append_number(json, number);
}
void append_value(std::string& json, std::int64_t number) {
  append_number(json, number);
}
void append_value(std::string& json, bool truth) {
  json += truth ? "true" : "false";
}
void append_value(std::string& json, const Bytes& octets) {
  append_octets(json, octets);
}
void append_value(std::string& json, Duration duration) {
  append_seconds(json, duration);
}
void append_value(std::string& json, const Secret&) {
  json += "null";
}
void append_value(std::string& json, const net::Endpoint& endpoint) {
  append_json_string(json, to_string(endpoint));
}
void append_value(std::string& json, EntryReference entry) {
  if (entry.number == 0) {
    json += "null";
  } else {
    append_number(json, entry.number);
  }
}
void append_value(std::string& json, const OptionFields& options) {
  json += '[';
  for (const auto& option : options) {
    if (&option != options.data()) json += ',';
    json += "{\"number\":";
    append_number(json, option.number);
    json += ",\"value\":";
    append_octets(json, option.value);
    json += '}';
  }
  json += ']';
}
template <class Value>
void append_value(std::string& json, const std::optional<Value>& value) {
  if (value) {
    append_value(json, *value);
  } else {
    json += "null";
  }
}

template <class Event, class Row>
void append_field(std::string& json, const Event& event, const Row& row) {
  json.append(",\"").append(row.name).append("\":");
  append_value(json, event.*row.member);
}

std::string_view schema_of(FieldType type) {
  switch (type) {
    case FieldType::kText:
      return R"("type":"string")";
    case FieldType::kNumber:
      return R"("type":"integer")";
    case FieldType::kTruth:
      return R"("type":"boolean")";
    case FieldType::kOctets:
      return R"("type":"string","pattern":"^([0-9a-f]{2})*$")";
    case FieldType::kDuration:
      return R"("type":"number")";
    case FieldType::kEndpoint:
      return R"("type":"string","pattern":":[0-9]+$")";
    case FieldType::kOptions:
      return R"("type":"array","items":{"type":"object","required":["number","value"],"properties":{"number":{"type":"integer"},"value":{"type":"string"}}})";
    case FieldType::kEntry:
      return R"("type":["integer","null"])";
    case FieldType::kSecret:
      return R"("type":"null")";
  }
  return {};
}

void append_schema(std::string& json, const FieldInfo& field) {
  append_json_string(json, field.name);
  json += ":{";
  if (field.is_optional) json += "\"anyOf\":[{\"type\":\"null\"},{";
  json += schema_of(field.type);
  if (field.is_optional) json += "}]";
  if (!field.help.empty()) {
    json += ",\"description\":";
    append_json_string(json, field.help);
  }
  json += '}';
}

void append_schema(std::string& json, const KindInfo& kind) {
  json += "{\"description\":";
  append_json_string(json, kind.help);
  json += ",\"properties\":{\"kind\":{\"const\":";
  append_json_string(json, kind.name);
  json += '}';
  for (const auto& field : kind.fields) {
    json += ',';
    append_schema(json, field);
  }
  json += "},\"required\":[\"kind\"";
  for (const auto& field : kind.fields) {
    json += ',';
    append_json_string(json, field.name);
  }
  json += "]}";
}

}  // namespace

void append_json_string(std::string& json, std::string_view text) {
  json += '"';
  while (!text.empty()) {
    const auto size = sequence_size(text);
    const bool is_special = static_cast<unsigned char>(text[0]) < 0x20 || text[0] == '"' ||
                            text[0] == '\\' || text[0] == 0x7F;
    if (size == 0) {
      json += "\uFFFD";
    } else if (is_special) {
      append_escaped(json, text[0]);
    } else {
      json.append(text.substr(0, size));
    }
    text.remove_prefix(size == 0 ? 1 : size);
  }
  json += '"';
}

void append_json(std::string& json, const Entry& entry, std::optional<CalendarTime> wall) {
  json += "{\"number\":";
  append_number(json, entry.number);
  json += ",\"at\":";
  append_seconds(json, entry.at.time_since_epoch());
  json += ",\"because\":";
  append_value(json, EntryReference{entry.because});
  json += ",\"kind\":\"";
  json.append(name(entry.event)).append("\"");
  if (wall) {
    json += ",\"wall\":";
    append_seconds(json, wall->time_since_epoch());
  }
  std::visit(
      [&](const auto& event) {
        std::apply([&](const auto&... rows) { (append_field(json, event, rows), ...); },
                   event.kKind.fields);
      },
      entry.event);
  json += '}';
}

std::string to_json(const Entry& entry) {
  std::string json;
  append_json(json, entry);
  return json;
}

std::string json_schema() {
  std::string json =
      R"({"$schema":"https://json-schema.org/draft/2020-12/schema","title":"An entry of vmodem's journal","type":"object",)"
      R"("properties":{"number":{"type":"integer","minimum":1},"at":{"type":"number","description":"the module's time in seconds"},)"
      R"("because":{"type":["integer","null"],"description":"the number of the entry that caused this one"},)"
      R"("kind":{"type":"string"},"wall":{"type":"number","description":"the wall's time, in seconds since 1970"}},)"
      R"("required":["number","at","because","kind"],"oneOf":[)";
  for (const auto& kind : kinds()) {
    if (&kind != kinds().data()) json += ',';
    append_schema(json, kind);
  }
  json += "]}\n";
  return json;
}

}  // namespace vmodem::journal
