// What an event consists of, declared once: JSON, schema, documentation and predicates are made
// from these rows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "firmware/base/bytes.h"
#include "firmware/base/time.h"
#include "net/endpoint.h"

namespace vmodem::journal {

// Of an entry, from 1 in the order of emission. 0: none.
using Number = std::uint64_t;

// How much a reader of text wants to know. The names are those of --log-level.
enum class Level : std::uint8_t { kNone, kDebug, kInfo, kWarning };

// A text that only the key log and a capture's secrets block may hold; null in every other form.
struct Secret {
  std::string text;
};

// One CoAP option (RFC 7252 §3.1).
struct OptionField {
  std::uint16_t number;
  Bytes value;
};
using OptionFields = std::vector<OptionField>;

// Names another entry.
struct EntryReference {
  Number number = 0;
};

// The types of fields: text and words as strings, octets as hexadecimal digits, durations in
// seconds, endpoints as ADDRESS:PORT; what is optional may be null.
template <class Event, class Value>
struct Field {
  std::string_view name;
  Value Event::*member;
  std::string_view help;
};
template <class Event, class Value>
constexpr Field<Event, Value> field(std::string_view name, Value Event::*member,
                                    std::string_view help) {
  return {name, member, help};
}

template <class... Fields>
struct Kind {
  std::string_view name;
  Level level;  // the highest that an event of it has
  std::string_view help;
  std::tuple<Fields...> fields;
};
template <class... Fields>
constexpr Kind<Fields...> kind(std::string_view name, Level level, std::string_view help,
                               Fields... fields) {
  return {name, level, help, {fields...}};
}

}  // namespace vmodem::journal
