// The values of one command, checked against its parameters and read back by them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "at_engine/param.h"
#include "firmware/base/check.h"
#include "firmware/base/expected.h"

namespace vmodem::at {

enum class ParseError : std::uint8_t {
  kSyntax,    // an open quote, text behind a closing quote
  kMissing,   // a required parameter is absent or empty
  kSurplus,   // more parameters than the command has
  kType,      // text where a number is meant, or the reverse
  kRange,     // a number or a length outside the declared range
};

struct Argument {
  bool present = false;
  bool quoted = false;
  std::int64_t number = 0;  // kInteger
  std::string_view text;    // kText: between the quotes, or the bare word
};

class Arguments {
 public:
  // No values: the form without parameters.
  explicit Arguments(const ParamList& params) : params_(&params) {}

  // `text` is what stands behind the '=', or nothing where not even an empty value was given; it
  // outlives the result. The last `optional` parameters may be left out or empty.
  [[nodiscard]] static Expected<Arguments, ParseError> parse(std::optional<std::string_view> text,
                                                             const ParamList& params,
                                                             std::size_t optional);

  [[nodiscard]] bool has(const Param& param) const { return find_argument(param).present; }

  // The default of the parameter where it was left out.
  template <class Value>
  [[nodiscard]] Value get(const IntParam<Value>& param) const {
    const auto& argument = find_argument(param);
    if (argument.present) return static_cast<Value>(argument.number);
    BG_CHECK(param.default_number, "what has no default is required or asked for by find()");
    return static_cast<Value>(*param.default_number);
  }
  template <class Value>
  [[nodiscard]] std::optional<Value> find(const IntParam<Value>& param) const {
    const auto& argument = find_argument(param);
    if (!argument.present) return std::nullopt;
    return static_cast<Value>(argument.number);
  }
  [[nodiscard]] std::string_view get(const TextParam& param) const {
    const auto& argument = find_argument(param);
    return argument.present ? argument.text : param.default_text;
  }
  [[nodiscard]] const Argument& find_argument(const Param& param) const;
  // None is given, or only empty ones.
  [[nodiscard]] bool are_empty() const;
  // How many were given, empty ones included up to the last one.
  [[nodiscard]] std::size_t count() const { return count_; }

 private:
  const ParamList* params_;
  std::array<Argument, ParamList::kSizeMax> values_{};
  std::size_t count_ = 0;
};

}  // namespace vmodem::at
