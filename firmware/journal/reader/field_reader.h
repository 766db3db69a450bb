// One value of JSON as a field of an event.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "firmware/journal/field.h"

namespace vmodem::journal {

// What the std::string_views of events refer to. Bounded.
class Words {
 public:
  // Nothing where there are too many already.
  [[nodiscard]] std::optional<std::string_view> keep(const std::string& word);

 private:
  std::unordered_set<std::string> words_;  // whose elements stay where they are
};

// Farther no run goes, in either direction: a hundred years.
inline constexpr Duration kDurationMax = std::chrono::hours(24 * 365 * 100);

// Each is false where the value is of another type, or has no place in the field.
class FieldReader {
 public:
  using Json = nlohmann::json;

  explicit FieldReader(Words& words) : words_(words) {}

  [[nodiscard]] bool read(const Json& value, std::string& text) const;
  [[nodiscard]] bool read(const Json& value, std::string_view& word) const;
  [[nodiscard]] bool read(const Json& value, std::uint64_t& number) const;
  [[nodiscard]] bool read(const Json& value, std::int64_t& number) const;
  [[nodiscard]] bool read(const Json& value, bool& truth) const;
  [[nodiscard]] bool read(const Json& value, Bytes& octets) const;
  [[nodiscard]] bool read(const Json& value, Duration& duration) const;
  [[nodiscard]] bool read(const Json& value, net::Endpoint& endpoint) const;
  [[nodiscard]] bool read(const Json& value, OptionFields& options) const;
  [[nodiscard]] bool read(const Json& value, EntryReference& entry) const;
  [[nodiscard]] bool read(const Json& value, Secret& secret) const;
  template <class Value>
  [[nodiscard]] bool read(const Json& value, std::optional<Value>& optional) const;

 private:
  Words& words_;
};

}  // namespace vmodem::journal
