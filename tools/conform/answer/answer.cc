#include "tools/conform/answer/answer.h"

#include <algorithm>
#include <cctype>

namespace vmodem::conform {
namespace {

std::string upper(std::string_view text) {
  std::string upper(text);
  std::ranges::transform(upper, upper.begin(), [](unsigned char c) { return std::toupper(c); });
  return upper;
}

// Where the field that begins `text` ends.
std::size_t field_end(std::string_view text) {
  bool is_quoted = false;
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') is_quoted = !is_quoted;
    if (is_quoted) continue;
    if (text[i] == '(') ++depth;
    if (text[i] == ')') --depth;
    if (text[i] == ',' && depth <= 0) return i;
  }
  return text.size();
}

bool is_of(const VolatileField& row, std::string_view asked, const Answer& answer,
           std::size_t index) {
  const bool is_line =
      row.is_named ? answer.name == row.answer : answer.name.empty() && asked == row.answer;
  if (!is_line || index + 1 < row.first || index + 1 > row.last) return false;
  return row.tag.empty() || (row.first >= 2 && answer.fields[row.first - 2] == row.tag);
}

}  // namespace

Answer Answer::parse(std::string_view line) {
  Answer answer;
  const auto colon = line.find(": ");
  if (line.starts_with('+') && colon != std::string_view::npos) {
    answer.name = line.substr(0, colon);
    line.remove_prefix(colon + 2);
  } else {
    answer.fields.push_back(line);
    return answer;
  }
  while (true) {
    const auto end = field_end(line);
    answer.fields.push_back(line.substr(0, end));
    if (end == line.size()) return answer;
    line.remove_prefix(end + 1);
  }
}

std::string command_name(std::string_view line) {
  const bool is_command = line.size() >= 2 && upper(line.substr(0, 2)) == "AT";
  if (!is_command) return {};
  line.remove_prefix(2);
  if (const auto semicolon = line.rfind(';'); semicolon != std::string_view::npos) {
    line.remove_prefix(semicolon + 1);
  }
  return upper(line.substr(0, line.find_first_of("=? ")));
}

std::optional<VolatileKind> volatile_kind(std::string_view asked, const Answer& answer,
                                          std::size_t index) {
  for (const auto& row : volatile_fields()) {
    if (!is_of(row, asked, answer, index)) continue;
    if (has_form_of(row.kind, answer.fields[index])) return row.kind;
  }
  return std::nullopt;
}

std::string without_volatile(std::string_view asked, std::string_view line) {
  const auto answer = Answer::parse(line);
  std::string text(answer.name);
  if (!answer.name.empty()) text += ": ";
  for (std::size_t i = 0; i < answer.fields.size(); ++i) {
    if (i > 0) text += ',';
    const auto kind = volatile_kind(asked, answer, i);
    if (kind) {
      text.append("<").append(name_of(*kind)).append(">");
    } else {
      text += answer.fields[i];
    }
  }
  return text;
}

}  // namespace vmodem::conform
