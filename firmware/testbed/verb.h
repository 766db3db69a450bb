// What a tester can do to the module and its surroundings, as one table: the command line, the
// configuration, scenario files and whoever else calls them read the same words.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "firmware/base/expected.h"
#include "firmware/base/time.h"
#include "net/endpoint.h"

namespace vmodem::firmware {
class Modem;
}

namespace vmodem::testbed {

class FaultyStore;
class SerialLine;
class SimulatedNetwork;

// What verbs work on.
struct Surroundings {
  firmware::Modem& modem;
  SimulatedNetwork& network;
  SerialLine& line;
  FaultyStore& files;
};

enum class ArgumentKind : std::uint8_t {
  kNone,
  kNumber,
  kDuration,  // "250ms", up to `max` seconds
  kWord,      // one of `words`
  kText,      // a name
  kServer,    // an address and a port
};

struct ArgumentSpec {
  std::string_view name;
  ArgumentKind kind = ArgumentKind::kNone;
  std::int64_t min = 0;
  std::int64_t max = 0;
  std::span<const std::string_view> (*words)() = nullptr;
  bool is_optional = false;
};

// An argument that was left out holds nothing; a word is its index.
using ArgumentValue =
    std::variant<std::monostate, std::int64_t, Duration, std::string, net::Endpoint>;

// By type: no verb has two of one.
class VerbArguments {
 public:
  explicit VerbArguments(std::vector<ArgumentValue> values = {}) : values_(std::move(values)) {}

  // Null where it was left out.
  template <class Value>
  [[nodiscard]] const Value* find() const {
    for (const auto& value : values_) {
      if (const auto* found = std::get_if<Value>(&value)) return found;
    }
    return nullptr;
  }
  template <class Value>
  [[nodiscard]] Value get_or(Value otherwise) const {
    const auto* value = find<Value>();
    return value != nullptr ? *value : otherwise;
  }
  // What both name is the same, whatever their durations are.
  [[nodiscard]] bool has_target_of(const VerbArguments& other) const {
    return has_same<std::int64_t>(other) && has_same<std::string>(other) &&
           has_same<net::Endpoint>(other);
  }
  [[nodiscard]] int number_or(int otherwise) const {
    return static_cast<int>(get_or<std::int64_t>(otherwise));
  }

 private:
  template <class Value>
  [[nodiscard]] bool has_same(const VerbArguments& other) const {
    const auto* mine = find<Value>();
    const auto* theirs = other.find<Value>();
    return (mine == nullptr) == (theirs == nullptr) && (mine == nullptr || *mine == *theirs);
  }

  std::vector<ArgumentValue> values_;
};

struct Verb {
  static constexpr std::size_t kArgumentsMax = 2;

  std::string_view name;
  std::array<ArgumentSpec, kArgumentsMax> arguments;
  std::string_view help;  // one sentence
  void (*run)(Surroundings& surroundings, Instant now, const VerbArguments& arguments);
  // The verb that, with the same arguments, ends the effect after the duration among them; empty:
  // none.
  std::string_view undo{};
};

// Sorted by name.
[[nodiscard]] std::span<const Verb> verbs();
[[nodiscard]] const Verb* find_verb(std::string_view name);
// "link-down DURATION", with brackets round what may be left out.
[[nodiscard]] std::string usage(const Verb& verb);

// "a number, 1–255" and the like.
[[nodiscard]] std::string allowed_values(const ArgumentSpec& spec);

// One thing to do.
struct Deed {
  const Verb* verb = nullptr;
  VerbArguments arguments;

  // How long until verb->undo; nothing where it is not to be undone.
  [[nodiscard]] std::optional<Duration> lasts() const;
};

// "VERB", "VERB ARGUMENT…" or "VERB:ARGUMENT,…".
[[nodiscard]] Expected<Deed, net::SyntaxError> parse_deed(std::string_view text);

// An argument by the name of its ArgumentSpec, in either case.
struct NamedArgument {
  std::string name;
  std::string text;
};
struct NamedArgumentError {
  std::string name;  // as it was given, or of the argument that is missing
  net::SyntaxError what;
};
[[nodiscard]] Expected<Deed, NamedArgumentError> make_deed(
    const Verb& verb, std::span<const NamedArgument> arguments);
// "VERB ARGUMENT…", in the order of the table.
[[nodiscard]] std::string deed_text(const Verb& verb, std::span<const NamedArgument> arguments);

}  // namespace vmodem::testbed
