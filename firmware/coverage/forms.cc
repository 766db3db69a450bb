#include "firmware/coverage/forms.h"

#include <fmt/format.h>

#include "at_engine/arguments.h"
#include "at_engine/text.h"

namespace vmodem::coverage {
namespace {

bool is_extended(const at::CommandSpec& row) {
  return row.name.starts_with('+');
}

// A keyword alone asks what is set.
bool is_queried(const at::CommandSpec& row) {
  return !row.keyword.empty() && row.optional > 0;
}

std::string_view first_word(std::string_view parameters) {
  const auto word = parameters.substr(0, parameters.find(','));
  const bool is_quoted = word.size() >= 2 && word.front() == '"' && word.back() == '"';
  return is_quoted ? word.substr(1, word.size() - 2) : word;
}

RowForm form_of_write(std::string_view parameters, const at::CommandSpec& row) {
  if (!is_queried(row)) return RowForm::kWrite;
  const auto comma = parameters.find(',');
  if (comma == std::string_view::npos) return RowForm::kRead;
  const auto arguments =
      at::Arguments::parse(parameters.substr(comma + 1), row.write, row.optional);
  const bool is_query = arguments && arguments->count() == row.write.size() - row.optional;
  return is_query ? RowForm::kRead : RowForm::kWrite;
}

}  // namespace

std::string_view name(RowForm form) {
  switch (form) {
    case RowForm::kTest:
      return "test";
    case RowForm::kRead:
      return "read";
    case RowForm::kWrite:
      return "write";
    case RowForm::kExecute:
      return "execute";
  }
  return {};
}

std::vector<RowForm> forms_of(const at::CommandSpec& row) {
  std::vector<RowForm> forms;
  if (is_extended(row) && row.keyword.empty()) forms.push_back(RowForm::kTest);
  if (row.on_read != nullptr || is_queried(row)) forms.push_back(RowForm::kRead);
  if (row.on_write != nullptr) forms.push_back(RowForm::kWrite);
  if (row.on_execute != nullptr) forms.push_back(RowForm::kExecute);
  return forms;
}

std::string subject_of(const at::CommandSpec& row) {
  if (row.keyword.empty()) return fmt::format("AT{}", row.name);
  return fmt::format("AT{}=\"{}\"", row.name, row.keyword);
}

bool uses(const at::Command& command, const at::CommandSpec& row) {
  if (row.keyword.empty()) return true;
  if (command.form != at::Form::kWrite) return false;
  return at::equals_ignoring_case(first_word(command.parameters), row.keyword);
}

RowForm form_of(const at::Command& command, const at::CommandSpec& row) {
  switch (command.form) {
    case at::Form::kTest:
      return RowForm::kTest;
    case at::Form::kRead:
      return RowForm::kRead;
    case at::Form::kExecute:
      // V.250 §5.3.1: a missing number of a basic command is 0.
      return row.on_execute != nullptr || !command.is_basic ? RowForm::kExecute : RowForm::kWrite;
    case at::Form::kWrite:
      break;
  }
  return form_of_write(command.parameters, row);
}

}  // namespace vmodem::coverage
