#include "tools/conform/record/redaction.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <system_error>

#include "at_engine/masked_line.h"
#include "tools/conform/language/text_pattern.h"

namespace vmodem::conform {
namespace {

constexpr std::string_view kPrompt = "\\r\\n>\\x20";
constexpr std::string_view kConnect = "CONNECT";
constexpr std::string_view kLineEnd = "\r\n";

bool is_command(std::string_view text) {
  return text.size() >= 2 && (text[0] == 'A' || text[0] == 'a') &&
         (text[1] == 'T' || text[1] == 't' || text[1] == '/');
}

bool is_final(std::string_view text) {
  return text == "OK" || text == "ERROR" || text == "NO CARRIER" ||
         text.starts_with("+CME ERROR: ") || text.starts_with("+CMS ERROR: ");
}

std::string sizes(std::size_t size, std::string_view direction) {
  return fmt::format("# {} octets {} the host", size, direction);
}

// Of what a line of a transcript stands for.
std::size_t size_of(std::string_view keyword, std::string_view text) {
  if (keyword == "<+") return text.size() + kLineEnd.size();
  if (keyword == "<") return text.size() + 2 * kLineEnd.size();
  const auto octets = unescape(text);
  return octets ? octets->size() : text.size();
}

// How many octets follow a URC that ends in their number, with their line end.
std::size_t announced_size(std::string_view text) {
  if (!text.starts_with("+QCOAPRECV: ")) return 0;
  const auto number = text.substr(text.rfind(',') + 1);
  std::size_t size = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), size);
  if (error != std::errc{} || end != number.data() + number.size() || size == 0) return 0;
  return size + kLineEnd.size();
}

}  // namespace

std::string Redaction::handle(std::string_view lines) {
  std::string text;
  while (!lines.empty()) {
    const auto end = std::min(lines.find('\n'), lines.size());
    text += line(lines.substr(0, end)) + "\n";
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return text;
}

std::string Redaction::line(std::string_view line) {
  const auto keyword = line.substr(0, line.find(' '));
  const auto text = line.substr(std::min(keyword.size() + 1, line.size()));
  if (keyword == ">" || keyword == ">lf") return sent(keyword, text);
  if (keyword == ">>") return sizes(size_of(">>", text), "from");
  if (keyword.starts_with('<')) return heard(keyword, text);
  return std::string(line);
}

std::string Redaction::sent(std::string_view keyword, std::string_view text) {
  if (is_data_ || !is_command(text)) return sizes(text.size() + (keyword == ">lf" ? 2 : 1), "from");
  if (text[1] == '/') return fmt::format("{} {}", keyword, text.substr(0, 2));
  return fmt::format("{} {}{}", keyword, text.substr(0, 2),
                     at::masked_line(text.substr(2), commands_));
}

std::string Redaction::heard(std::string_view keyword, std::string_view text) {
  const auto size = size_of(keyword, text);
  if (payload_left_ > 0) {
    payload_left_ -= std::min(payload_left_, size);
    return sizes(size, "for");
  }
  const bool is_prompt = keyword == "<<" && text == kPrompt;
  if (is_prompt || text == kConnect) is_data_ = true;
  if (is_prompt || text == kConnect) return fmt::format("{} {}", keyword, text);
  if (is_final(text)) is_data_ = false;
  if (keyword == "<<" || is_data_) return sizes(size, "for");
  payload_left_ = announced_size(text);
  return fmt::format("{} {}", keyword, at::masked_answer(text, commands_));
}

}  // namespace vmodem::conform
