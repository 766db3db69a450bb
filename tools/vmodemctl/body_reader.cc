#include "tools/vmodemctl/body_reader.h"

#include <algorithm>
#include <cctype>

#include "firmware/base/number.h"

namespace vmodem::ctl {
namespace {

constexpr std::string_view kLineEnd = "\r\n";

std::string_view trim(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

std::string to_lower(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](unsigned char letter) {
    return static_cast<char>(std::tolower(letter));
  });
  return lower;
}

void take_field(AnswerHead& head, std::string_view line) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return;
  const auto name = to_lower(line.substr(0, colon));
  const auto value = trim(line.substr(colon + 1));
  if (name == "content-length") head.size = parse_number<std::uint64_t>(value);
  if (name == "transfer-encoding") head.is_chunked = to_lower(value) == "chunked";
}

}  // namespace

std::optional<AnswerHead> parse_answer_head(std::string_view text) {
  // "HTTP/1.1 200 OK".
  constexpr std::string_view kVersion = "HTTP/1.1 ";
  constexpr std::size_t kStatusSize = 3;
  if (!text.starts_with(kVersion)) return std::nullopt;
  const auto status = parse_number<int>(text.substr(kVersion.size(), kStatusSize));
  if (!status) return std::nullopt;
  AnswerHead head{*status};
  for (auto end = text.find(kLineEnd); end != std::string_view::npos; end = text.find(kLineEnd)) {
    text.remove_prefix(end + kLineEnd.size());
    take_field(head, text.substr(0, text.find(kLineEnd)));
  }
  return head;
}

std::string BodyReader::take(std::string& waiting) {
  std::string body;
  while (!waiting.empty() && !is_over() && !is_broken_) {
    if (is_chunked_ && left_ == 0) {
      if (!begin_chunk(waiting)) break;
      continue;
    }
    const auto size = std::min<std::uint64_t>(left_.value_or(waiting.size()), waiting.size());
    body += waiting.substr(0, size);
    waiting.erase(0, size);
    if (left_) *left_ -= size;
    is_line_end_due_ = is_chunked_ && left_ == 0;
  }
  return body;
}

// False where more has to come first.
bool BodyReader::begin_chunk(std::string& waiting) {
  if (is_line_end_due_) {
    if (waiting.size() < kLineEnd.size()) return false;
    waiting.erase(0, kLineEnd.size());
    is_line_end_due_ = false;
  }
  const auto end = waiting.find(kLineEnd);
  if (end == std::string::npos) return false;
  const auto line = std::string_view(waiting).substr(0, end);
  const auto size = parse_number<std::uint64_t>(trim(line.substr(0, line.find(';'))), 16);
  is_broken_ = !size;
  is_last_ = size == 0;
  left_ = size.value_or(0);
  waiting.erase(0, end + kLineEnd.size());
  return !is_broken_;
}

bool BodyReader::is_over() const {
  return is_chunked_ ? is_last_ : left_ == 0;
}

}  // namespace vmodem::ctl
