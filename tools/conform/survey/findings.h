// What a survey has found so far: an answer for each switch, and how long things took. Kept in a
// file between two runs.
#pragma once

#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/expected.h"
#include "firmware/base/time.h"

namespace vmodem::conform {

struct Finding {
  enum class Kind : std::uint8_t {
    kFound,
    kUnexplained,    // it answered as with no value
    kUnanswered,     // the device did not answer, or rebooted
    kNotObservable,  // from outside, on this device
  };

  Kind kind = Kind::kUnanswered;
  std::string value{};  // kFound: as --set takes it
  std::string question{};
  std::string answer{};
  std::string note{};  // what the values would have answered; why it cannot be observed
};
[[nodiscard]] std::string_view name_of(Finding::Kind kind);

// A value, and the answer that shows it.
struct Choice {
  std::string value;
  std::string answer;
};
[[nodiscard]] Finding choose(std::string question, std::string answer,
                             const std::vector<Choice>& choices);
[[nodiscard]] Finding found(std::string value, std::string question, std::string answer);
[[nodiscard]] Finding unexplained(std::string question, std::string answer, std::string would);
[[nodiscard]] Finding unanswered(std::string question, std::string why);
[[nodiscard]] Finding not_observable(std::string question, std::string why);

struct Findings {
  std::map<std::string, Finding, std::less<>> switches{};  // by key, "dialect.nstart"
  std::map<std::string, Duration, std::less<>> times{};    // by what took them

  [[nodiscard]] const Finding* find(std::string_view key) const;
  [[nodiscard]] bool has(std::string_view key, std::string_view value) const;
};

// Nothing: there is no such file. Error: it is none of a survey.
[[nodiscard]] Expected<std::optional<Findings>, std::string> read_findings(const std::string& path);
// The file is the old one or the new one, whatever happens meanwhile.
[[nodiscard]] Expected<void, std::string> write_findings(const std::string& path,
                                                         const Findings& findings);

}  // namespace vmodem::conform
