// Which forms of which rows of the command tables the transcripts show.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "at_engine/arguments.h"
#include "at_engine/command_line.h"
#include "at_engine/text.h"
#include "firmware/commands/families.h"
#include "tests/support/catch.h"
#include "tools/conform/language/script.h"
#include "tools/conform/suite.h"

namespace vmodem::conform {
namespace {

enum class Shown : std::uint8_t { kTest, kRead, kWrite, kExecute, kError };
enum class Ending : std::uint8_t { kAccepted, kRefused };

std::string_view name_of(Shown form) {
  switch (form) {
    case Shown::kTest:
      return "test";
    case Shown::kRead:
      return "read";
    case Shown::kWrite:
      return "write";
    case Shown::kExecute:
      return "execute";
    case Shown::kError:
      break;
  }
  return "error";
}

// A command line and the lines of the transcript that answer it, without their marks.
struct Exchange {
  std::string_view line;  // behind its AT
  std::vector<std::string_view> answer;

  [[nodiscard]] std::optional<Ending> ending() const {
    for (const auto text : answer) {
      if (text == "ERROR" || text.starts_with("+CME ERROR: ")) return Ending::kRefused;
      const bool is_accepted = text == "OK" || text == "NO CARRIER" || text == R"(\r\n> )" ||
                               text.starts_with("CONNECT");
      if (is_accepted) return Ending::kAccepted;
    }
    return std::nullopt;
  }
};

std::vector<Exchange> exchanges_of(const Script& script) {
  std::vector<Exchange> exchanges;
  for (const auto& step : script.steps) {
    const std::string_view text = step.text;
    const auto content = text.substr(std::min(text.find(' ') + 1, text.size()));
    if (std::holds_alternative<SendSerial>(step.action)) {
      const bool is_command = at::equals_ignoring_case(content.substr(0, 2), "AT");
      exchanges.push_back({is_command ? content.substr(2) : std::string_view{}, {}});
    } else if (std::holds_alternative<ExpectSerial>(step.action) && !exchanges.empty()) {
      exchanges.back().answer.push_back(content);
    }
  }
  return exchanges;
}

std::string_view first_keyword(std::string_view parameters) {
  if (!parameters.starts_with('"')) return {};
  return parameters.substr(1, parameters.find('"', 1) - 1);
}

// Of a row with a keyword the form that gives no value is the read form.
Shown form_of_write(const at::CommandSpec& row, std::string_view parameters) {
  if (row.keyword.empty() || row.optional == 0) return Shown::kWrite;
  const auto comma = parameters.find(',');
  if (comma == std::string_view::npos) return Shown::kRead;
  const auto arguments =
      at::Arguments::parse(parameters.substr(comma + 1), row.write, row.optional);
  const bool is_query = arguments && arguments->count() == row.write.size() - row.optional;
  return is_query ? Shown::kRead : Shown::kWrite;
}

class Coverage {
 public:
  void add(const Exchange& exchange) {
    const auto ending = exchange.ending();
    if (!ending) return;
    std::vector<at::Command> commands;
    auto rest = exchange.line;
    for (auto next = at::take_command(rest); next && *next; next = at::take_command(rest)) {
      commands.push_back(**next);
    }
    // Of a line that fails one cannot see which of its commands did.
    if (*ending == Ending::kRefused && commands.size() != 1) return;
    for (const auto& command : commands) add(command, *ending, exchange);
  }

  [[nodiscard]] bool has(const at::CommandSpec& row, Shown form) const {
    const auto found = shown_.find(&row);
    return found != shown_.end() && found->second.contains(form);
  }

 private:
  void add(const at::Command& command, Ending ending, const Exchange& exchange) {
    for (const auto* row : firmware::command_table({}).find(command.name)) {
      if (is_about(*row, command, exchange)) {
        shown_[row].insert(ending == Ending::kRefused ? Shown::kError : form_of(*row, command));
      }
    }
  }

  static bool is_about(const at::CommandSpec& row, const at::Command& command,
                       const Exchange& exchange) {
    if (row.keyword.empty()) return true;
    if (command.form == at::Form::kTest) {
      const auto start = fmt::format("{}: \"{}\"", row.name, row.keyword);
      return std::ranges::any_of(exchange.answer,
                                 [&](std::string_view text) { return text.starts_with(start); });
    }
    return at::equals_ignoring_case(first_keyword(command.parameters), row.keyword);
  }

  static Shown form_of(const at::CommandSpec& row, const at::Command& command) {
    switch (command.form) {
      case at::Form::kTest:
        return Shown::kTest;
      case at::Form::kRead:
        return Shown::kRead;
      case at::Form::kExecute:
        // V.250 §5.3.1: a missing number of a basic command is 0.
        return row.on_execute != nullptr ? Shown::kExecute : Shown::kWrite;
      case at::Form::kWrite:
        break;
    }
    return form_of_write(row, command.parameters);
  }

  std::map<const at::CommandSpec*, std::set<Shown>> shown_;
};

std::vector<Shown> forms_of(const at::CommandSpec& row) {
  std::vector<Shown> forms;
  const bool is_queried = !row.keyword.empty() && row.optional > 0;
  if (row.name.starts_with('+')) forms.push_back(Shown::kTest);
  if (row.on_read != nullptr || is_queried) forms.push_back(Shown::kRead);
  if (row.on_write != nullptr) forms.push_back(Shown::kWrite);
  if (row.on_execute != nullptr) forms.push_back(Shown::kExecute);
  // V.250 §6.3.1: no dial string has a wrong syntax.
  if (row.name != "D") forms.push_back(Shown::kError);
  return forms;
}

Coverage read_transcripts() {
  Coverage coverage;
  const auto files = cases_below({CASES_DIRECTORY});
  REQUIRE(files);
  for (const auto& file : *files) {
    const auto script = read_script(file);
    if (!script) continue;
    for (const auto& exchange : exchanges_of(*script)) coverage.add(exchange);
  }
  return coverage;
}

TEST_CASE("every form of every row of the command tables is shown by a transcript") {
  const auto coverage = read_transcripts();
  std::vector<std::string> missing;
  for (const auto* row : firmware::command_table({}).all()) {
    for (const auto form : forms_of(*row)) {
      if (coverage.has(*row, form)) continue;
      const auto* space = row->keyword.empty() ? "" : " ";
      missing.push_back(fmt::format("AT{}{}{}: {}", row->name, space, row->keyword, name_of(form)));
    }
  }
  INFO(fmt::format("no transcript shows\n{}", fmt::join(missing, "\n")));
  CHECK(missing.empty());
}

}  // namespace
}  // namespace vmodem::conform
