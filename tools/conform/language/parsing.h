// What the parser of a case knows while it reads, and the words that begin its lines. Not for
// others: script.h is the door.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "tools/conform/language/script.h"

namespace vmodem::conform {

using Parsed = Expected<void, Fault>;

struct Parsing {
  explicit Parsing(const ReadOptions& read_options) : options(read_options) {}

  const ReadOptions& options;
  Script script{};
  CaptureSizes octets{};
  TextNames texts{};
  std::set<std::size_t> heard{};  // peers that a datagram is expected from above
  std::set<std::size_t> sent{};   // peers that have sent one above
  const SourceLine* line = nullptr;
  std::optional<std::size_t> check{};      // of the source, of the last step
  std::vector<std::string> shown{};        // by the check that begins next
  std::optional<Step> unordered{};         // while its expectations are read
  std::vector<std::pair<std::string, std::string>> moved{};  // quoted hosts, and what stands for them
};

enum class Place : std::uint8_t { kHeader, kAnywhere };

struct Keyword {
  std::string_view name;
  Parsed (*parse)(Parsing& parsing, std::string_view rest);
  bool is_text;  // what stands behind the blank counts as it is
  Place place;
};

[[nodiscard]] std::span<const Keyword> header_keywords();
[[nodiscard]] std::span<const Keyword> step_keywords();

// To the check that the line is of.
void add_step(Parsing& parsing, Step step);

[[nodiscard]] inline tl::unexpected<Fault> fault(std::string what, std::string right) {
  return unexpected(Fault{std::move(what), std::move(right)});
}

// The word at the front, which leaves `rest` with the blanks behind it.
[[nodiscard]] std::string_view take_word(std::string_view& rest);

template <class Number>
[[nodiscard]] std::optional<Number> parse_number(std::string_view text) {
  Number number{};
  const auto* last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, number);
  if (error != std::errc{} || end != last) return std::nullopt;
  return number;
}

}  // namespace vmodem::conform
