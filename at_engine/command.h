// Commands as data: one row declares a command's forms, parameters, limits and handlers. The
// parser, the `=?` answers, docs/at_commands.md and the boundary tests come from the rows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "at_engine/arguments.h"
#include "at_engine/param.h"
#include "at_engine/result.h"
#include "firmware/base/bytes.h"
#include "firmware/base/time.h"

namespace vmodem::at {

// What handlers work on. Whoever owns the command table defines it.
struct Services;

// Raw octets between CONNECT and the information lines (file downloads).
struct Download {
  std::string connect;  // "CONNECT" or "CONNECT 10"
  Bytes octets;
};

// The whole answer to one command: information lines without any framing, then the result. A result
// of kOk lets the rest of the command line run.
struct Response {
  std::vector<std::string> lines;
  FinalResult result = FinalResult::kOk;
  std::optional<CmeError> error;  // with kError: shown as AT+CMEE says
  std::optional<Download> download;
  bool is_silent = false;  // no result code, and the rest of the command line does not run
};

struct DataInput;

// The answer comes later, by Engine::complete(). Until then input is queued.
struct Pending {};

// The command takes octets before it answers.
struct DataMode {
  enum class Prompt : std::uint8_t { kText, kConnect };  // "> " or CONNECT

  Prompt prompt = Prompt::kText;
  std::optional<std::size_t> size;       // exactly so many octets, whatever they are
  bool control_ends_size = false;        // with `size`: Ctrl-Z and Esc end it too
  std::size_t size_max = 0;              // without `size`: what is kept before Ctrl-Z
  bool ends_over_size_max = false;       // the octet behind those ends the input
  std::optional<Duration> idle_timeout;  // ends the input after so long without an octet
  std::size_t acknowledge_every = 0;     // writes one 'A' after each such block; 0: never
  bool escape_sequence = false;  // "+++" between guard times ends it (V.250 is silent; AT95 7.5)
  std::function<Response(Services&, Instant, const DataInput&)> on_data;
};

enum class DataEnd : std::uint8_t { kComplete, kCtrlZ, kEscape, kIdle, kOverflow, kEscapeSequence };

struct DataInput {
  ByteView octets;
  DataEnd end;
  bool is_overflown;  // more than size_max came; the surplus is gone
};

using Outcome = std::variant<Response, DataMode, Pending>;

[[nodiscard]] inline Response ok() {
  return {};
}
[[nodiscard]] inline Response ok(std::string line) {
  return {.lines = {std::move(line)}};
}
[[nodiscard]] inline Response error() {
  return {.result = FinalResult::kError};
}
[[nodiscard]] inline Response error(const CmeError& cause) {
  return {.result = FinalResult::kError, .error = cause};
}

using Handler = Outcome (*)(Services&, Instant, const Arguments&);

// How sure a row's facts are (quectel-at.md §0).
enum class Evidence : std::uint8_t { kCaptured, kDocumented, kHosts, kStandard, kInferred };

// For CommandSpec::test: parameters there are, but `=?` prints nothing of them.
inline constexpr std::string_view kTestAnswersOk = "OK";

struct CommandSpec {
  std::string_view name;       // upper case: "+QCOAPOPEN", "&F", "E", "S3"
  std::string_view keyword{};  // "pdpcid": a first parameter that tells rows of one name apart
  std::string_view summary;
  ParamList write{};
  std::size_t optional = 0;   // how many parameters at the end may be left out
  std::string_view test{};    // the `=?` line where the rule of param.h does not give it
  Handler on_test = nullptr;  // where the `=?` answer depends on the state
  Handler on_read = nullptr;
  Handler on_write = nullptr;
  Handler on_execute = nullptr;
  void (*on_refused)(Services&) = nullptr;  // told of a write whose values the row does not take
  std::optional<CmeError> bad_value{};  // shown for a value of wrong type or range instead of ERROR
  Duration response_time_max = 300ms;
  std::string_view source{};  // "the note §3.3.2"
  Evidence evidence = Evidence::kDocumented;
};

// For a static_assert beside each table: ascending names, rows of one name together.
template <std::size_t kSize>
[[nodiscard]] constexpr bool is_sorted_by_name(const CommandSpec (&rows)[kSize]) {
  for (std::size_t i = 1; i < kSize; ++i) {
    if (rows[i].name < rows[i - 1].name) return false;
  }
  return true;
}

// The `=?` line of one row, without its name where there is nothing to tell (then the answer is
// OK).
[[nodiscard]] std::string test_line(const CommandSpec& spec);

// All rows of one module, found by name. Rows are borrowed and outlive the table.
class CommandTable {
 public:
  explicit CommandTable(std::span<const std::span<const CommandSpec>> families);

  // The rows of that name, in the order of declaration; empty for an unknown command.
  [[nodiscard]] std::span<const CommandSpec* const> find(std::string_view upper_case_name) const;
  [[nodiscard]] std::span<const CommandSpec* const> all() const { return rows_; }

 private:
  std::vector<const CommandSpec*> rows_;  // ascending by name
};

}  // namespace vmodem::at
