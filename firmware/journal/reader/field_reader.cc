#include "firmware/journal/reader/field_reader.h"

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "firmware/base/hex.h"
#include "firmware/journal/reader/journal_reader.h"
#include "net/endpoint.h"

namespace vmodem::journal {
namespace {

using nlohmann::json;

constexpr std::string_view kNoPort = ":0";

// The library converts any number, even one that the type has no room for.
template <class Number>
bool read_number(const json& value, Number& number) {
  const bool fits =
      value.is_number_unsigned()
          ? std::in_range<Number>(value.get<std::uint64_t>())
          : value.is_number_integer() && std::in_range<Number>(value.get<std::int64_t>());
  if (fits) number = value.get<Number>();
  return fits;
}

}  // namespace

std::optional<std::string_view> Words::keep(const std::string& word) {
  const auto found = words_.find(word);
  if (found != words_.end()) return *found;
  if (words_.size() >= JournalReader::kWordsMax) return std::nullopt;
  return *words_.insert(word).first;
}

bool FieldReader::read(const json& value, std::string& text) const {
  if (!value.is_string()) return false;
  text = value.get_ref<const std::string&>();
  return true;
}

bool FieldReader::read(const json& value, std::string_view& word) const {
  if (!value.is_string()) return false;
  const auto kept = words_.keep(value.get_ref<const std::string&>());
  if (kept) word = *kept;
  return kept.has_value();
}

bool FieldReader::read(const json& value, std::uint64_t& number) const {
  return read_number(value, number);
}

bool FieldReader::read(const json& value, std::int64_t& number) const {
  return read_number(value, number);
}

bool FieldReader::read(const json& value, bool& truth) const {
  if (!value.is_boolean()) return false;
  truth = value.get<bool>();
  return true;
}

bool FieldReader::read(const json& value, Bytes& octets) const {
  if (!value.is_string()) return false;
  auto read = from_hex(value.get_ref<const std::string&>());
  if (read) octets = std::move(*read);
  return read.has_value();
}

bool FieldReader::read(const json& value, Duration& duration) const {
  if (!value.is_number()) return false;
  const auto seconds = value.get<double>();
  if (!(std::abs(seconds) <= std::chrono::duration<double>(kDurationMax).count())) return false;
  duration = std::chrono::microseconds(std::llround(seconds * 1e6));
  return true;
}

bool FieldReader::read(const json& value, net::Endpoint& endpoint) const {
  if (!value.is_string()) return false;
  auto text = value.get<std::string>();
  // Of an endpoint that nobody knows; a person could not write it.
  const bool has_no_port = text.ends_with(kNoPort);
  if (has_no_port) text.back() = '1';
  const auto read = net::parse_endpoint(text);
  if (!read) return false;
  endpoint = *read;
  if (has_no_port) endpoint.port = 0;
  return true;
}

bool FieldReader::read(const json& value, OptionFields& options) const {
  if (!value.is_array()) return false;
  for (const auto& one : value) {
    if (!one.is_object()) return false;
    const auto number = one.find("number");
    const auto octets = one.find("value");
    if (number == one.end() || octets == one.end()) return false;
    auto& option = options.emplace_back();
    if (!read_number(*number, option.number) || !read(*octets, option.value)) return false;
  }
  return true;
}

bool FieldReader::read(const json& value, EntryReference& entry) const {
  return value.is_null() || read_number(value, entry.number);
}

// Whatever stands there is kept nowhere.
bool FieldReader::read(const json& value, Secret&) const {
  return value.is_null();
}

}  // namespace vmodem::journal
