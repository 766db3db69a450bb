// What an entry of the journal is to be: its kind, and what stands in its fields.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "firmware/base/expected.h"
#include "firmware/control/schema/problem.h"
#include "firmware/journal/fields.h"
#include "firmware/journal/journal.h"

namespace vmodem::control {

enum class Comparison : std::uint8_t {
  kEquals,
  kStartsWith,
  kContains,
  kText,  // octets, as a text
  kMin,
  kMax,
  kHas,  // an option of this number
};

// What a field is compared with. Nothing: the field is to be empty.
using Operand =
    std::variant<std::monostate, std::string, std::int64_t, bool, Bytes, Duration, net::Endpoint>;

struct Condition {
  std::string_view field;  // of the table of kinds
  Comparison comparison = Comparison::kEquals;
  Operand operand;
};

class Predicate {
 public:
  // {"kind": …, "where": {FIELD: VALUE or {COMPARISON: VALUE, …}, …}}, the latter may be absent.
  // `path` stands in front of the names of fields in a problem. `object` is one.
  [[nodiscard]] static Expected<Predicate, Problem> parse(const nlohmann::json& object,
                                                          const std::string& path = {});

  [[nodiscard]] bool is_of_kind(const journal::Entry& entry) const {
    return entry.event.index() == kind_;
  }
  // Of an entry of this kind: the fields that are not as they are to be, each once. Empty: all are.
  [[nodiscard]] std::vector<std::string_view> differences(const journal::Entry& entry) const;
  [[nodiscard]] bool matches(const journal::Entry& entry) const {
    return is_of_kind(entry) && differences(entry).empty();
  }

 private:
  std::size_t kind_ = 0;  // of Event's alternatives
  std::vector<Condition> conditions_;
};

}  // namespace vmodem::control
