#include "tools/conform/diff/session.h"

#include <algorithm>
#include <cctype>
#include <string_view>

#include "firmware/journal/transcript/transcript_text.h"
#include "tools/conform/answer/answer.h"
#include "tools/conform/language/text_pattern.h"

namespace vmodem::conform {
namespace {

constexpr std::string_view kPrompt = "\r\n> ";

bool is_final_result(std::string_view text) {
  return text == "OK" || text == "ERROR" || text == "NO CARRIER" ||
         text.starts_with("+CME ERROR: ") || text.starts_with("+CMS ERROR: ");
}

bool begins_command(std::string_view text) {
  if (text.size() < 2 || (text[0] != 'A' && text[0] != 'a')) return false;
  return text[1] == 'T' || text[1] == 't' || text[1] == '/';
}

bool names(std::string_view command, std::string_view name) {
  return std::search(command.begin(), command.end(), name.begin(), name.end(),
                     [](unsigned char a, unsigned char b) {
                       return std::toupper(a) == std::toupper(b);
                     }) != command.end();
}

class SessionReader {
 public:
  Session read(std::span<const std::string> lines);

 private:
  void read_line(std::string_view keyword, std::string_view text);
  void send(std::string octets);
  void hear_text(std::string_view text, bool goes_on);
  void hear_octets(std::string octets);
  void add_payload(std::string_view octets);
  [[nodiscard]] bool is_answering() const {
    return !now().command.text.empty() && now().result.text.empty();
  }
  [[nodiscard]] Exchange& now() { return session_.exchanges.back(); }
  [[nodiscard]] const Exchange& now() const { return session_.exchanges.back(); }

  Session session_;
  std::size_t line_ = 0;
  bool is_data_ = false;  // behind a prompt
  std::string echo_;      // what is left of the command line's own octets
};

Session SessionReader::read(std::span<const std::string> lines) {
  session_.exchanges.emplace_back();
  for (const auto& line : lines) {
    ++line_;
    const auto end = std::min(line.find(' '), line.size());
    read_line(std::string_view(line).substr(0, end),
              std::string_view(line).substr(std::min(end + 1, line.size())));
  }
  return std::move(session_);
}

void SessionReader::read_line(std::string_view keyword, std::string_view text) {
  if (keyword == ">") send(std::string(text) + '\r');
  if (keyword == ">lf") send(std::string(text) + "\r\n");
  if (keyword == ">>") send(unescape(text).value_or(std::string(text)));
  if (keyword == "<") hear_text(text, false);
  if (keyword == "<+") hear_text(text, true);
  if (keyword == "<<") hear_octets(unescape(text).value_or(std::string(text)));
}

void SessionReader::send(std::string octets) {
  const auto end = octets.find('\r');
  if (is_data_ || end == std::string::npos || !begins_command(octets)) return;
  session_.exchanges.push_back({.command = {octets.substr(0, end), line_}});
  echo_ = std::move(octets);
}

void SessionReader::hear_text(std::string_view text, bool goes_on) {
  if (is_answering() && is_final_result(text)) {
    now().result = {std::string(text), line_};
    is_data_ = false;
    return;
  }
  const auto name = Answer::parse(text).name;
  const bool is_urc = !is_answering() || (!name.empty() && !names(now().command.text, name));
  if (is_urc && goes_on && name.empty()) return add_payload(text);
  if (is_urc) {
    session_.urcs.push_back({{std::string(text), line_}, {}, now().command.text});
    return;
  }
  is_data_ = is_data_ || text == "CONNECT";
  now().answer.push_back({std::string(text), line_});
}

void SessionReader::hear_octets(std::string octets) {
  if (!echo_.empty() && echo_.starts_with(octets)) {
    echo_.erase(0, octets.size());
    now().is_echoed = true;
    return;
  }
  if (!is_answering()) return add_payload(octets);
  is_data_ = is_data_ || octets == kPrompt;
  now().answer.push_back({transcript::escape(octets), line_});
}

void SessionReader::add_payload(std::string_view octets) {
  if (!session_.urcs.empty()) session_.urcs.back().payload += transcript::escape(octets);
}

}  // namespace

Session Session::read(std::span<const std::string> lines) {
  return SessionReader().read(lines);
}

}  // namespace vmodem::conform
