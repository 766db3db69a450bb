#include "tools/conform/replay/loosened.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <set>
#include <utility>

#include "firmware/base/duration_text.h"
#include "tools/conform/answer/answer.h"

namespace vmodem::conform {
namespace {

constexpr std::string_view kRecordedHead = "# A session ";
constexpr std::array<std::string_view, 5> kWorld{"seed", "set", "internet", "fault", "real"};

// Where a host says again what an answer told it.
struct LearntArgument {
  std::string_view command;
  std::size_t index;  // of the arguments, from 1
  VolatileKind kind;
};
constexpr auto kLearnt = std::to_array<LearntArgument>({
    {"+QCOAPHEADER", 2, VolatileKind::kMessageId},
    {"+QCOAPHEADER", 5, VolatileKind::kToken},
    {"+QFREAD", 1, VolatileKind::kHandle},
    {"+QFWRITE", 1, VolatileKind::kHandle},
    {"+QFSEEK", 1, VolatileKind::kHandle},
    {"+QFPOSITION", 1, VolatileKind::kHandle},
    {"+QFTUCAT", 1, VolatileKind::kHandle},
    {"+QFCLOSE", 1, VolatileKind::kHandle},
});

std::string_view shape_of(VolatileKind kind) {
  switch (kind) {
    case VolatileKind::kImei:
    case VolatileKind::kImsi:
    case VolatileKind::kMessageId:
    case VolatileKind::kHandle:
      return "digits";
    case VolatileKind::kIccid:
    case VolatileKind::kToken:
    case VolatileKind::kCell:
      return "hex";
    case VolatileKind::kSignal:
    case VolatileKind::kReading:
      return "word";
    case VolatileKind::kTime:
    case VolatileKind::kAddress:
      break;
  }
  return "text";
}

bool is_said_again(VolatileKind kind) {
  return kind == VolatileKind::kMessageId || kind == VolatileKind::kToken ||
         kind == VolatileKind::kHandle;
}

// "message_id_2": the second value of its kind that was captured.
std::string capture_name(VolatileKind kind, std::size_t number) {
  std::string name(name_of(kind));
  std::ranges::transform(name, name.begin(), [](unsigned char c) {
    return c == ' ' ? '_' : static_cast<char>(std::tolower(c));
  });
  return fmt::format("{}_{}", name, number);
}

std::string_view without_quotes(std::string_view text) {
  const bool is_quoted = text.size() >= 2 && text.front() == '"' && text.back() == '"';
  return is_quoted ? text.substr(1, text.size() - 2) : text;
}

class Loosener {
 public:
  explicit Loosener(const Loosening& loosening) : loosening_(loosening) {}

  LoosenedCase run(std::string_view recorded);

 private:
  using Value = std::pair<VolatileKind, std::string>;

  [[nodiscard]] std::string line(std::string_view line, std::string_view next);
  [[nodiscard]] std::string sent(std::string_view keyword, std::string_view text);
  [[nodiscard]] std::string heard(std::string_view line, std::string_view keyword,
                                  std::string_view text);
  [[nodiscard]] std::string pattern_of(VolatileKind kind, std::string_view field);

  Loosening loosening_;
  std::string asked_;
  std::map<Value, std::string> captured_;
  std::set<Value> chosen_;  // by the host
  LoosenedCase case_;
};

LoosenedCase Loosener::run(std::string_view recorded) {
  if (recorded.starts_with(kRecordedHead)) recorded = recorded.substr(0, recorded.rfind('\n') + 1);
  while (!recorded.empty()) {
    const auto end = std::min(recorded.find('\n'), recorded.size());
    const auto now = recorded.substr(0, end);
    recorded.remove_prefix(std::min(end + 1, recorded.size()));
    case_.text += line(now, recorded) + '\n';
  }
  return std::move(case_);
}

std::string Loosener::line(std::string_view line, std::string_view next) {
  const auto keyword = line.substr(0, line.find(' '));
  const auto text = line.substr(std::min(keyword.size() + 1, line.size()));
  const bool is_of_world = std::ranges::find(kWorld, keyword) != kWorld.end();
  if (is_of_world && loosening_.has_own_world) return "# " + std::string(line);
  if (keyword == "wait" && next.starts_with('<') && loosening_.has_own_time) {
    case_.wait_max = std::max(case_.wait_max, parse_duration(text).value_or(Duration::zero()));
    return "# " + std::string(line);
  }
  if (!loosening_.has_own_fields) return std::string(line);
  if (keyword == ">" || keyword == ">lf") return sent(keyword, text);
  if (keyword == "<" || keyword == "<+") return heard(line, keyword, text);
  return std::string(line);
}

std::string Loosener::sent(std::string_view keyword, std::string_view text) {
  auto name = command_name(text);
  const auto equals = text.find('=');
  const auto is_here = [&](const LearntArgument& one) { return one.command == asked_; };
  const bool is_command = !name.empty();
  if (is_command) asked_ = std::move(name);
  if (!is_command || equals == std::string_view::npos || std::ranges::none_of(kLearnt, is_here)) {
    return fmt::format("{} {}", keyword, text);
  }
  // Arguments stand as the fields of an answer do.
  const auto as_answer = fmt::format("{}: {}", asked_, text.substr(equals + 1));
  auto line = fmt::format("{} {}", keyword, text.substr(0, equals));
  const auto fields = Answer::parse(as_answer).fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    line += i == 0 ? '=' : ',';
    const auto learnt = std::ranges::find_if(
        kLearnt, [&](const LearntArgument& one) { return is_here(one) && one.index == i + 1; });
    if (learnt == kLearnt.end()) {
      line += fields[i];
      continue;
    }
    const auto value = without_quotes(fields[i]);
    const auto known = captured_.find({learnt->kind, std::string(value)});
    if (known == captured_.end()) chosen_.insert({learnt->kind, std::string(value)});
    const auto quote = value.size() == fields[i].size() ? "" : "\"";
    line += known == captured_.end() ? std::string(fields[i])
                                     : fmt::format("{0}${{{1}}}{0}", quote, known->second);
  }
  return line;
}

std::string Loosener::heard(std::string_view line, std::string_view keyword,
                            std::string_view text) {
  // Braces of its own would be taken for shapes.
  if (text.find('{') != std::string_view::npos) return std::string(line);
  const auto answer = Answer::parse(text);
  bool is_pattern = false;
  std::string pattern(answer.name);
  if (!answer.name.empty()) pattern += ": ";
  for (std::size_t i = 0; i < answer.fields.size(); ++i) {
    if (i > 0) pattern += ',';
    const auto kind = volatile_kind(asked_, answer, i);
    const Value value{kind.value_or(VolatileKind{}), without_quotes(answer.fields[i])};
    if (!kind || chosen_.contains(value)) {
      pattern += answer.fields[i];
      continue;
    }
    is_pattern = true;
    pattern += pattern_of(*kind, answer.fields[i]);
  }
  if (!is_pattern) return std::string(line);
  return fmt::format("{}~ {}", keyword, pattern);
}

std::string Loosener::pattern_of(VolatileKind kind, std::string_view field) {
  const auto value = without_quotes(field);
  const auto quote = value.size() == field.size() ? "" : "\"";
  if (!is_said_again(kind)) return fmt::format("{0}{{:{1}}}{0}", quote, shape_of(kind));
  auto& name = captured_[{kind, std::string(value)}];
  if (!name.empty()) return fmt::format("{0}${{{1}}}{0}", quote, name);
  name = capture_name(kind, captured_.size());
  return fmt::format("{0}{{{1}:{2}}}{0}", quote, name, shape_of(kind));
}

}  // namespace

LoosenedCase loosened(std::string_view recorded, const Loosening& loosening) {
  return Loosener(loosening).run(recorded);
}

}  // namespace vmodem::conform
