#include "tools/conform/rewrite.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

namespace vmodem::conform {
namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr std::string_view kPrompt = "\r\n> ";

bool is_plain(std::string_view text) {
  return !text.empty() && !text.ends_with(' ') &&
         std::ranges::all_of(text, [](char c) { return c >= ' ' && c != '{' && c != 0x7F; });
}

// Cuts serial octets into the lines that would expect them.
std::vector<std::string> to_lines(std::string_view serial) {
  std::vector<std::string> lines;
  while (!serial.empty()) {
    const auto start = serial.starts_with(kLineEnd) ? kLineEnd.size() : 0;
    const auto end = serial.find(kLineEnd, start);
    const auto text = serial.substr(start, end - start);
    const bool is_whole =
        end != std::string_view::npos && is_plain(text) && !serial.starts_with(kPrompt);
    if (is_whole) {
      lines.push_back(fmt::format("{} {}", start > 0 ? "<" : "<+", text));
      serial.remove_prefix(end + kLineEnd.size());
      continue;
    }
    const auto size = serial.starts_with(kPrompt) ? kPrompt.size() : std::min(end, serial.size());
    lines.push_back("<< " + transcript::escape(serial.substr(0, std::max<std::size_t>(size, 1))));
    serial.remove_prefix(std::max<std::size_t>(size, 1));
  }
  return lines;
}

bool is_sending(const Step* step) {
  return step != nullptr && (std::holds_alternative<SendSerial>(step->action) ||
                             std::holds_alternative<SendDatagram>(step->action));
}

class Rewriter {
 public:
  Rewriter(const Script& script, Backend& backend) : script_(script), player_(script, backend) {}

  Expected<std::string, Failure> run();

 private:
  [[nodiscard]] const Step* step_at(std::size_t line) const {
    const auto step = std::ranges::find(script_.steps, line, &Step::line);
    return step == script_.steps.end() ? nullptr : &*step;
  }
  void keep(std::size_t line) { text_ += script_.lines[line - 1] + '\n'; }
  void rewrite_block(std::size_t first, std::size_t end);
  void write_inbox();

  const Script& script_;
  Player player_;
  std::string text_;
};

Expected<std::string, Failure> Rewriter::run() {
  const auto last = script_.lines.size();
  for (std::size_t line = 1; line <= last;) {
    keep(line);
    const auto* stimulus = step_at(line++);
    if (stimulus == nullptr) continue;
    if (auto failure = player_.perform(*stimulus)) return unexpected(std::move(*failure));

    const auto first = line;
    const auto is_stimulus = [&](const Step* step) {
      return step != nullptr && !step->is_expectation();
    };
    while (line <= last && !is_stimulus(step_at(line))) ++line;
    const auto* next = line <= last ? step_at(line) : nullptr;
    const bool is_followed_at_once = line == first && is_sending(stimulus) && is_sending(next);
    if (!is_followed_at_once) rewrite_block(first, line);
  }
  return std::move(text_);
}

// The lines from `first` up to `end` answer one stimulus.
void Rewriter::rewrite_block(std::size_t first, std::size_t end) {
  player_.collect();
  std::size_t behind_last = first;
  for (auto line = first; line < end; ++line) {
    if (step_at(line) != nullptr) behind_last = line + 1;
  }
  auto line = first;
  for (; line < behind_last; ++line) {
    const auto* step = step_at(line);
    if (step != nullptr && player_.perform(*step)) break;
    keep(line);
  }
  write_inbox();
  for (; line < end; ++line) {
    if (step_at(line) == nullptr) keep(line);
  }
}

void Rewriter::write_inbox() {
  auto& inbox = player_.inbox();
  for (const auto& line : to_lines(inbox.serial)) text_ += line + '\n';
  inbox.serial.clear();
  for (std::size_t i = 0; i < inbox.datagrams.size(); ++i) {
    while (!inbox.datagrams[i].empty()) {
      text_ += fmt::format("udp< {} {}\n", script_.peers[i].name,
                           transcript::to_pattern_text(inbox.datagrams[i].front()));
      player_.take_datagram(i);
    }
  }
}

}  // namespace

Expected<std::string, Failure> rewrite(const Script& script, Backend& backend) {
  return Rewriter(script, backend).run();
}

}  // namespace vmodem::conform
