// A parameter of a command: at once the entry in the command table and the typed key that reads the
// value back. Ranges, `=?` answers, documentation and boundary tests come from it.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace vmodem::at {

enum class ParamKind : std::uint8_t { kInteger, kText };

// How a parameter shows in a `=?` answer: (0-5), (0,1) or ("on","off"), or <name>.
enum class Printed : std::uint8_t { kRange, kList, kName };

// What a text parameter accepts beside a quoted string.
enum class Bare : std::uint8_t {
  kRefused,
  kDigits,  // AT+CPIN=8417
  kAny,     // any word without comma, semicolon or quote
};

struct Param {
  static constexpr std::size_t kListMax = 32;
  static constexpr std::size_t kWordsMax = 6;

  std::string_view name;
  ParamKind kind = ParamKind::kInteger;
  Printed printed = Printed::kRange;
  std::int64_t min = 0;
  std::int64_t max = 0;
  std::array<std::int64_t, kListMax> list{};  // the allowed values where printed is kList
  std::size_t list_size = 0;
  std::size_t size_min = 0;  // text only, octets between the quotes
  std::size_t size_max = 0;
  Bare bare = Bare::kRefused;
  std::string_view sample{};  // text only: a value that is accepted, for generated tests
  bool is_secret = false;     // no log shows what stands in its place
  std::array<std::string_view, kWordsMax> words{};  // the allowed values of a WordParam
  std::size_t word_count = 0;
  // What Arguments::get() gives where the parameter is left out; text has an empty one.
  std::optional<std::int64_t> default_number{};
  std::string_view default_text{};

  [[nodiscard]] bool allows(std::int64_t value) const;
  // "(0-5)", "(0,1)", "(\"on\",\"off\")" or "<name>".
  [[nodiscard]] std::string to_test_text() const;
};

template <class Value = int>
struct IntParam : Param {
  constexpr IntParam(std::string_view param_name, std::int64_t low, std::int64_t high,
                     Printed shown = Printed::kRange)
      : Param{.name = param_name, .printed = shown, .min = low, .max = high} {}

  constexpr IntParam(std::string_view param_name, std::initializer_list<std::int64_t> allowed,
                     Printed shown = Printed::kList)
      : Param{.name = param_name, .printed = shown} {
    for (const auto value : allowed) list[list_size++] = value;
    min = list[0];
    max = list[list_size - 1];
  }

  [[nodiscard]] constexpr IntParam by_default(Value value) const {
    auto param = *this;
    param.default_number = static_cast<std::int64_t>(value);
    return param;
  }
};

struct TextParam : Param {
  struct Shape {
    std::size_t size_min = 0;
    std::size_t size_max = 255;
    Bare bare = Bare::kRefused;
    std::string_view sample{};
    bool is_secret = false;
  };
  constexpr TextParam(std::string_view param_name, Shape shape)
      : Param{.name = param_name,
              .kind = ParamKind::kText,
              .printed = Printed::kName,
              .size_min = shape.size_min,
              .size_max = shape.size_max,
              .bare = shape.bare,
              .sample = shape.sample,
              .is_secret = shape.is_secret} {}
};

// One of a few words, in either case; it is read back as it is declared.
struct WordParam : TextParam {
  constexpr WordParam(std::string_view param_name, std::initializer_list<std::string_view> allowed)
      : TextParam(param_name, {.size_min = allowed.begin()->size(), .sample = *allowed.begin()}) {
    printed = Printed::kList;
    size_max = 0;
    for (const auto word : allowed) {
      words[word_count++] = word;
      size_min = std::min(size_min, word.size());
      size_max = std::max(size_max, word.size());
    }
  }

  [[nodiscard]] constexpr WordParam by_default(std::string_view word) const {
    auto param = *this;
    param.default_text = word;
    return param;
  }
};

// The parameters of one form, in order. Refers to parameters of static storage.
class ParamList {
 public:
  static constexpr std::size_t kSizeMax = 8;

  constexpr ParamList() = default;
  template <class... Params>
  constexpr ParamList(const Params&... params)  // NOLINT: reads as a list in the table
      : params_{&params...}, size_(sizeof...(Params)) {
    static_assert(sizeof...(Params) <= kSizeMax);
  }

  [[nodiscard]] constexpr std::size_t size() const { return size_; }
  [[nodiscard]] constexpr const Param& operator[](std::size_t i) const { return *params_[i]; }
  [[nodiscard]] constexpr const Param* const* begin() const { return params_.data(); }
  [[nodiscard]] constexpr const Param* const* end() const { return params_.data() + size_; }

 private:
  std::array<const Param*, kSizeMax> params_{};
  std::size_t size_ = 0;
};

}  // namespace vmodem::at
